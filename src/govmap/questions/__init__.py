"""Questions on an atlas: each module holds a function and the frozen record that it returns."""
