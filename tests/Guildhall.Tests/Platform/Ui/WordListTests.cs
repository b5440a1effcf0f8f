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
    public void No_refusal_reason_or_line_of_a_command_says_a_banned_word()
    {
        var texts = Sources.All("src", "*.cs").Where(file => !file.Path.Contains("Migrations", StringComparison.Ordinal)).SelectMany(file => StringsRead(file.Text).Select(text => (file.Path, Text: text))).ToList();

        texts.SelectMany(text => words.Matches(text.Text).Select(match => $"{text.Path}: {match.Value} in {text.Text}")).ShouldBeEmpty();
        texts.Count.ShouldBeGreaterThan(1000);
    }

    [Fact]
    public void No_text_that_comes_with_the_library_says_a_banned_word_or_writes_an_apostrophe_straight()
    {
        var texts = Sources.All("src/Guildhall/Modules/Library", "*.md").ToList();

        texts.SelectMany(text => words.Matches(text.Text).Concat(StraightApostrophe().Matches(text.Text)).Select(match => $"{text.Path}: {match.Value}")).ShouldBeEmpty();
        texts.Count.ShouldBeGreaterThan(5);
    }

    [Theory]
    [InlineData("<p>Please wait</p>", "Please")]
    [InlineData("<TextField Label=\"A valid name\" />", "valid")]
    [InlineData("<button type=\"submit\">Submit</button>", "Submit")]
    [InlineData("@code { string Title => \"Insufficient data\"; }", "Insufficient data")]
    [InlineData("<p>@(Count == 0 ? \"Pending\" : \"Done\")</p>", "Pending")]
    [InlineData("<PageHead Lead=\"@($\"{Count} proven pairs\")\" />", "proven")]
    public void Finds_the_word_where_people_would_read_it(string page, string word) =>
        WordsRead(page).SelectMany(text => words.Matches(text)).Select(match => match.Value).ShouldBe([word]);

    [Theory]
    [InlineData("Refusal.Conflict(\"late\", $\"Sorry, {name} was first.\")", "Sorry")]
    [InlineData("new Link(\"Submit\", \"/submit\")", "Submit")]
    [InlineData("Say($\"\"\"\n    Run {number}:\n    no effect\n    \"\"\")", "no effect")]
    public void Finds_it_in_the_strings_of_the_code(string code, string word) =>
        StringsRead(code).SelectMany(text => words.Matches(text)).Select(match => match.Value).ShouldBe([word]);

    [Theory]
    [InlineData("/// <summary>A \"valid row\" of a file.</summary>")]
    [InlineData("var field = row[\"required\"];")]
    public void Leaves_comments_and_names_of_the_code_alone(string code) =>
        StringsRead(code).SelectMany(text => words.Matches(text)).ShouldBeEmpty();

    [Theory]
    [InlineData("<button type=\"submit\" class=\"ok\">Send</button>")]
    [InlineData("[Parameter] public required string Name { get; set; }")]
    [InlineData("@* Names required by WCAG *@")]
    [InlineData("<input aria-invalid=\"true\" required>")]
    public void Leaves_code_and_markup_alone(string page) =>
        WordsRead(page).SelectMany(text => words.Matches(text)).ShouldBeEmpty();

    [Fact]
    public void No_page_or_line_writes_an_apostrophe_straight()
    {
        var pages = Sources.All("src/Guildhall", "*.razor").SelectMany(file => WordsRead(file.Text).Select(text => (file.Path, Text: text)));
        var lines = Sources.All("src/Guildhall", "*.cs").Where(file => !file.Path.Contains("Migrations", StringComparison.Ordinal)).SelectMany(file => StringsRead(file.Text).Select(text => (file.Path, Text: text)));
        // The matching's own sentences come from a library, and its module repeats them.
        var texts = pages.Concat(lines).Where(text => !text.Path.Contains("Pairing", StringComparison.Ordinal)).ToList();

        texts.Where(text => StraightApostrophe().IsMatch(text.Text)).Select(text => $"{text.Path}: {text.Text}").ShouldBeEmpty();
        texts.Count.ShouldBeGreaterThan(1000);
        StraightApostrophe().IsMatch("the seller's day").ShouldBeTrue();
        StraightApostrophe().IsMatch("state = 'Done'").ShouldBeFalse();
    }

    [Fact]
    public void No_page_carries_an_inline_style_or_script()
    {
        var pages = Sources.All("src/Guildhall", "*.razor").ToList();

        pages.Where(page => InlineCode().IsMatch(page.Text)).Select(page => page.Path).ShouldBeEmpty();
        InlineCode().IsMatch("<i style=\"--v:82%\"></i>").ShouldBeTrue();
        InlineCode().IsMatch("<button onclick=\"go()\">").ShouldBeTrue();
        InlineCode().IsMatch("<script src=\"@PageAssets.Htmx\" defer></script>").ShouldBeFalse();
    }

    /// <summary>Strings that a person may read: those with a space in them or a capital in front. Keys, paths and names of the code have neither.</summary>
    static IEnumerable<string> StringsRead(string code)
    {
        var text = Comment().Replace(code, " ");
        return RawLiteral().Matches(text).Select(match => match.Groups[1].Value)
            .Concat(Literal().Matches(RawLiteral().Replace(text, " ")).Select(match => match.Groups[1].Value))
            .Where(literal => literal.Contains(' ', StringComparison.Ordinal) || literal is [>= 'A' and <= 'Z', ..]);
    }

    /// <summary>What a person would read: text between tags, the attributes that are spoken or shown, and the strings of the code.</summary>
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
            .Concat(Expression().Matches(markup).SelectMany(match => StringsRead(match.Value)))
            .Concat(StringsRead(members));
    }

    [GeneratedRegex(@"@\*(?s:.*?)\*@|^\s*//[^\n]*$", RegexOptions.Multiline)]
    private static partial Regex Comment();

    [GeneratedRegex("(?:Label|Title|Hint|Caption|Detail|What|Safety|Explanation|aria-label|placeholder|title|alt)=\"([^\"]*)\"")]
    private static partial Regex ShownAttribute();

    [GeneratedRegex(@"\p{L}'(?:s|t|re|ve|ll|d)\b|s' [a-z]")]
    private static partial Regex StraightApostrophe();

    [GeneratedRegex("<[^>]*>")]
    private static partial Regex Tag();

    [GeneratedRegex("\"((?:[^\"\\\\\\n]|\\\\.)*)\"")]
    private static partial Regex Literal();

    [GeneratedRegex("\"\"\"((?s:.*?))\"\"\"")]
    private static partial Regex RawLiteral();

    // Razor's expressions, to the last closing bracket of their line: what a page chooses between stands in them.
    [GeneratedRegex(@"@\(.*\)")]
    private static partial Regex Expression();

    [GeneratedRegex("\\sstyle=\"|\\son[a-z]+=\"|<script(?![^>]*\\ssrc=)|<style")]
    private static partial Regex InlineCode();
}
