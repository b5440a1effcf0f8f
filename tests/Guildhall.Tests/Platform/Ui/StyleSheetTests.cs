using System.Text.RegularExpressions;

namespace Guildhall.Tests.Platform.Ui;

/// <summary>The style sheet holds what pages use, and every file of it is served.</summary>
public sealed partial class StyleSheetTests
{
    [Fact]
    public void Every_class_is_used_by_a_page()
    {
        var classes = Sources.All("src/Guildhall/wwwroot/css", "*.css").SelectMany(file => Classes(file.Text)).Distinct(StringComparer.Ordinal).ToList();
        var pages = string.Concat(Sources.All("src/Guildhall", "*.razor").Concat(Sources.All("src/Guildhall/Platform/Ui", "*.cs")).Select(file => file.Text));
        var words = Word().Matches(pages).Select(match => match.Value).ToHashSet(StringComparer.Ordinal);

        classes.Where(name => !words.Contains(name)).ShouldBeEmpty();
        classes.Count.ShouldBeGreaterThan(80);
    }

    [Fact]
    public void Every_picture_is_used_and_every_used_one_is_there()
    {
        var pictures = Symbol().Matches(Sources.Read("src/Guildhall/Platform/Ui/IconSprite.razor")).Select(match => match.Groups[1].Value).ToList();
        var code = string.Concat(Sources.All("src/Guildhall", "*.razor").Concat(Sources.All("src/Guildhall/Modules", "*Module.cs")).Select(file => file.Text));
        var used = Picture().Matches(code).Select(match => match.Groups[1].Value).ToHashSet(StringComparer.Ordinal);

        pictures.Where(name => !code.Contains($"\"{name}\"", StringComparison.Ordinal)).ShouldBeEmpty();
        used.Except(pictures).ShouldBeEmpty();
        used.Count.ShouldBeGreaterThan(8);
    }

    [Fact]
    public void Every_file_is_in_the_cascade()
    {
        var assets = Sources.Read("src/Guildhall/Platform/Ui/PageAssets.cs");

        Sources.All("src/Guildhall/wwwroot/css", "*.css").Select(file => Path.GetFileNameWithoutExtension(file.Path)).Where(name => !assets.Contains($"\"{name}\"", StringComparison.Ordinal)).ShouldBeEmpty();
    }

    [Fact]
    public void Reads_selectors_and_nothing_else() =>
        Classes("/* .comment */ .one > .two:hover { background: url(a.png); width: 0.5rem } @media (max-width: 48.5rem) { .three { color: red } }").ShouldBe(["one", "two", "three"]);

    static IEnumerable<string> Classes(string css) =>
        Class().Matches(Block().Replace(Comment().Replace(css, ""), "{}")).Select(match => match.Groups[1].Value);

    [GeneratedRegex(@"/\*.*?\*/", RegexOptions.Singleline)]
    private static partial Regex Comment();

    [GeneratedRegex(@"\{[^{}]*\}")]
    private static partial Regex Block();

    [GeneratedRegex(@"\.([a-zA-Z][\w-]*)")]
    private static partial Regex Class();

    [GeneratedRegex("symbol id=\"i-([a-z]+)\"")]
    private static partial Regex Symbol();

    // In markup <Icon Name="lock" /> and <Badge Picture="lock">; in a module new("Run", 10, "Matching", "match", …).
    [GeneratedRegex("(?:<Icon Name=|Picture=|new\\((?:\"[A-Za-z]+\"|null), \\d+, \"[^\"]+\", )\"([a-z]+)\"")]
    private static partial Regex Picture();

    [GeneratedRegex(@"[\w-]+")]
    private static partial Regex Word();
}
