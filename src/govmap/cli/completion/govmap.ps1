# PowerShell completion of govmap: govmap completion powershell | Out-String | Invoke-Expression
Register-ArgumentCompleter -Native -CommandName govmap -ScriptBlock {
    param($typed, $line, $cursor)
    $before = @($line.CommandElements | Where-Object { $_.Extent.EndOffset -lt $cursor } | ForEach-Object {
        if ($_ -is [System.Management.Automation.Language.StringConstantExpressionAst]) { $_.Value } else { "$_" }
    })
    $words = @($before | Select-Object -Skip 1)
    if (-not $typed) { $typed = '""' }  # older versions hand over no empty argument
    $encoding = [Console]::OutputEncoding
    [Console]::OutputEncoding = [System.Text.UTF8Encoding]::new()
    try {
        & $before[0] __complete powershell @words $typed 2>$null | Where-Object { $_.Trim() } | ForEach-Object {
            $text, $shown, $about = $_ -split "`t"
            [System.Management.Automation.CompletionResult]::new($text, $shown, 'ParameterValue', $about)
        }
    } finally {
        [Console]::OutputEncoding = $encoding
    }
}
