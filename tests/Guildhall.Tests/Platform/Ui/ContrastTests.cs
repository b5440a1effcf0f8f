using System.Globalization;
using System.Text.RegularExpressions;

namespace Guildhall.Tests.Platform.Ui;

/// <summary>Every pair of colors that the pages put on each other, against WCAG 2.2: 1.4.3 for text, 1.4.11 for controls and marks.</summary>
public sealed partial class ContrastTests
{
    const double Text = 4.5;
    const double Mark = 3;

    static readonly string[] planes = ["paper", "surface", "sunken"];

    static readonly (string Use, string Foreground, string Background, double Needs)[] pairs =
    [
        .. from plane in planes
           from use in new[]
           {
               ("headings", "ink", Text), ("body text", "text", Text), ("secondary text", "text-2", Text), ("captions", "text-3", Text),
               ("links", "link", Text), ("error text", "clay", Text), ("edges of controls", "line-strong", Mark), ("focus ring", "primary", Mark),
           }
           select (use.Item1, use.Item2, plane, use.Item3),
        ("primary button", "on-primary", "primary", Text),
        ("primary button, hover", "on-primary", "primary-hover", Text),
        ("primary button, pressed", "on-primary", "primary-press", Text),
        ("danger button", "on-clay", "clay", Text),
        ("info label", "on-sky", "sky", Text),
        ("attention button", "on-brass", "brass-text", Text),
        ("selected row", "link", "pine-wash", Text),
        ("text on a selected row", "text", "pine-wash", Text),
        ("good badge", "on-pine-soft", "pine-soft", Text),
        ("attention badge", "on-brass-soft", "brass-soft", Text),
        ("problem badge", "on-clay-soft", "clay-soft", Text),
        ("info badge", "on-sky-soft", "sky-soft", Text),
        ("recognition", "brass-text", "surface", Text),
        ("attention panel", "brass-text", "brass-wash", Text),
        ("attention panel text", "text", "brass-wash", Text),
        ("problem panel", "clay", "clay-wash", Text),
        ("problem panel text", "text", "clay-wash", Text),
        ("info panel", "sky", "sky-wash", Text),
        ("info panel text", "text", "sky-wash", Text),
        ("neutral badge", "text-2", "sunken", Text),
        ("mentee mark", "text-2", "mark", Text),
        .. from color in new[] { "c-mentored", "c-compare", "c-goal", "c-4", "c-5", "c-6" }
           from plane in new[] { "surface", "paper" }
           select ("chart mark", color, plane, Mark),
    ];

    public static TheoryData<string> Themes => ["light", "dark by the system", "dark by choice"];

    [Theory, MemberData(nameof(Themes))]
    public void Reads_on_what_it_stands_on(string theme)
    {
        var colors = Colors(theme);

        var tooFaint = pairs
            .Select(pair => (pair.Use, pair.Foreground, pair.Background, pair.Needs, Ratio: Ratio(colors[pair.Foreground], colors[pair.Background])))
            .Where(pair => pair.Ratio < pair.Needs)
            .Select(pair => string.Create(CultureInfo.InvariantCulture, $"{pair.Use}: {pair.Foreground} on {pair.Background} is {pair.Ratio:0.00}, needs {pair.Needs}"));

        tooFaint.ShouldBeEmpty();
        pairs.Length.ShouldBeGreaterThan(50);
    }

    [Fact]
    public void Dark_is_the_same_whether_the_system_or_the_person_chose_it() =>
        Colors("dark by the system").ShouldBe(Colors("dark by choice"), ignoreOrder: true);

    [Fact]
    public void The_measure_itself_knows_black_on_white_and_a_published_pair()
    {
        Ratio("#000000", "#ffffff").ShouldBe(21, 0.001);
        // WCAG's own example of the lightest grey that passes on white (technique G18).
        Ratio("#767676", "#ffffff").ShouldBe(4.54, 0.01);
    }

    static Dictionary<string, string> Colors(string theme)
    {
        var css = Sources.Read("src/Guildhall/wwwroot/css/tokens.css");
        var start = theme switch
        {
            "light" => ":root {",
            "dark by the system" => ":root:not([data-theme=\"light\"]) {",
            _ => ":root[data-theme=\"dark\"] {",
        };
        var from = css.IndexOf(start, StringComparison.Ordinal);
        from.ShouldBeGreaterThan(-1, start);
        var block = css[from..css.IndexOf('}', from)];
        var colors = Token().Matches(block).ToDictionary(match => match.Groups[1].Value, match => match.Groups[2].Value);
        if (theme == "light")
        {
            // Declared as "text on the solid color" for light; brass there means its text tone.
            colors["brass"] = colors["brass-text"];
        }
        return colors;
    }

    // The relative luminance and contrast ratio of WCAG 2.2.
    static double Ratio(string one, string other)
    {
        var (a, b) = (Luminance(one), Luminance(other));
        return (Math.Max(a, b) + 0.05) / (Math.Min(a, b) + 0.05);
    }

    static double Luminance(string color)
    {
        double Channel(int at)
        {
            var value = int.Parse(color.AsSpan(at, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture) / 255.0;
            return value <= 0.04045 ? value / 12.92 : Math.Pow((value + 0.055) / 1.055, 2.4);
        }
        return 0.2126 * Channel(1) + 0.7152 * Channel(3) + 0.0722 * Channel(5);
    }

    [GeneratedRegex("--gh-([a-z0-9-]+): (#[0-9a-f]{6});")]
    private static partial Regex Token();
}
