"""govmap for assistants, over the Model Context Protocol (modelcontextprotocol.io).

`tools` makes tools of the declarations of questions and answers their calls; it knows nothing of the protocol. `server`
speaks that, with its official SDK, which the extra `mcp` installs.
"""
