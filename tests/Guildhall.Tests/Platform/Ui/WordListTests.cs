using System.Text.RegularExpressions;

namespace Guildhall.Tests.Platform.Ui;

/// <summary>Words that pages never say: apologies, blame, statistics, jargon, and names for deciding.</summary>
public sealed partial class WordListTests
{
    static readonly string[] banned =
    [
        "please", "sorry", "oops", "invalid", "valid", "required", "forbidden",
        "dyad", "engagement", "touchpoint", "deliverable", "journey",
        "match confidence", "AI score", "compatibility",
        "control group", "matched cohort",
        "CI", "p-value", "significant", "±",
        "proven", "guaranteed", "no effect", "median",
        "N/A", "pending", "insufficient data",
        "submit", "OK", "proceed", "confirm action",
    ];

    static readonly Regex words = new(string.Join('|', banned.Select(word => $@"(?<![\w-]){Regex.Escape(word)}(?![\w-])")), RegexOptions.IgnoreCase);

    [Fact]
    public void No_page_says_a_banned_word()
    {
        var pages = Sources.All("src/Guildhall", "*.razor").ToList();

        var said = pages.SelectMany(page => WordsRead(page.Text).SelectMany(text => words.Matches(text)).Select(match => $"{page.Path}: {match.Value}"));

        said.ShouldBeEmpty();
        pages.Count.ShouldBeGreaterThan(40);
    }

    [Fact]
    public void No_refusal_says_a_banned_word()
    {
        var refusals = Sources.All("src/Guildhall", "*.cs")
            .SelectMany(file => file.Text.Split('\n').Where(line => line.Contains("Refusal.", StringComparison.Ordinal)).SelectMany(line => Literal().Matches(line)).Select(match => (file.Path, Text: match.Groups[1].Value)))
            .Where(literal => literal.Text.Contains(' ', StringComparison.Ordinal))
            .ToList();

        refusals.SelectMany(refusal => words.Matches(refusal.Text).Select(match => $"{refusal.Path}: {match.Value}")).ShouldBeEmpty();
        refusals.ShouldNotBeEmpty();
    }

    [Theory]
    [InlineData("<p>Please wait</p>", "Please")]
    [InlineData("<TextField Label=\"A valid name\" />", "valid")]
    [InlineData("<button type=\"submit\">Submit</button>", "Submit")]
    [InlineData("@code { string Title => \"Insufficient data\"; }", "Insufficient data")]
    public void Finds_the_word_where_people_would_read_it(string page, string word) =>
        WordsRead(page).SelectMany(text => words.Matches(text)).Select(match => match.Value).ShouldBe([word]);

    [Theory]
    [InlineData("<button type=\"submit\" class=\"ok\">Send</button>")]
    [InlineData("[Parameter] public required string Name { get; set; }")]
    [InlineData("@* Names required by WCAG *@")]
    [InlineData("<input aria-invalid=\"true\" required>")]
    public void Leaves_code_and_markup_alone(string page) =>
        WordsRead(page).SelectMany(text => words.Matches(text)).ShouldBeEmpty();

    [Fact]
    public void No_page_carries_an_inline_style_or_script()
    {
        var pages = Sources.All("src/Guildhall", "*.razor").ToList();

        pages.Where(page => InlineCode().IsMatch(page.Text)).Select(page => page.Path).ShouldBeEmpty();
        InlineCode().IsMatch("<i style=\"--v:82%\"></i>").ShouldBeTrue();
        InlineCode().IsMatch("<button onclick=\"go()\">").ShouldBeTrue();
        InlineCode().IsMatch("<script src=\"@PageAssets.Htmx\" defer></script>").ShouldBeFalse();
    }

    /// <summary>What a person would read: text between tags, the attributes that are spoken or shown, and strings of the code with a space in them.</summary>
    static IEnumerable<string> WordsRead(string page)
    {
        var text = Comment().Replace(page, " ");
        var code = text.IndexOf("@code", StringComparison.Ordinal);
        var (markup, members) = code < 0 ? (text, "") : (text[..code], text[code..]);
        if (code < 0 && !markup.Contains('<', StringComparison.Ordinal))
        {
            (markup, members) = ("", text);
        }
        return ShownAttribute().Matches(markup).Select(match => match.Groups[1].Value)
            .Concat(Tag().Replace(markup, "\n").Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && !line.StartsWith('@')))
            .Concat(Literal().Matches(members).Select(match => match.Groups[1].Value).Where(literal => literal.Contains(' ', StringComparison.Ordinal)));
    }

    [GeneratedRegex(@"@\*(?s:.*?)\*@|^\s*//[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("(?:Label|Title|Hint|Caption|Detail|What|Safety|Explanation|aria-label|placeholder|title|alt)=\"([^\"]*)\"")]
    private static partial Regex ShownAttribute();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"([^\"\\n]*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\\sstyle=\"|\\son[a-z]+=\"|<script(?![^>]*\\ssrc=)|<style")]
    private static partial Regex InlineCode();
}
