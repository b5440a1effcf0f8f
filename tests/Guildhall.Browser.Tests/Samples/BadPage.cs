namespace Guildhall.Browser.Tests.Samples;

/// <summary>One fault of each kind, so that the check of pages is seen to find it.</summary>
static class BadPage
{
    public const string Html = """
        <!doctype html><html lang="en"><head><meta charset="utf-8"><title>Bad</title><meta name="viewport" content="width=device-width"></head>
        <body><main><h1>Bad</h1>
        <p><font color="#999999">Too faint to read on white.</font></p>
        <p><font size="1">Too small to read.</font></p>
        <img src="https://example.invalid/picture.png">
        <input size="200">
        <div style="color: red">Styled in place</div>
        <small class="on-phone">Said twice on a laptop</small>
        <details><summary>Sort</summary><table width="3000"><tr><td>Best fit</td></tr></table></details>
        <script>document.title = "ran";</script>
        </main></body></html>
        """;
}
