using System.Text.RegularExpressions;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Platform.Ui;

namespace Guildhall.Tests.Sellers;

/// <summary>Mappings that people write by hand, and what the guide tells them about the columns.</summary>
public sealed class MappingTests
{
    [Fact]
    public void Refuses_two_columns_for_one_of_ours_by_name()
    {
        var written = ColumnMapping.Written("""{"columns": {"seller_id": "Shop", "name": "Name", "seller_id": "Vendor"}}""", "mine.json");

        (written.Refusal!.Code, written.Refusal.Message).ShouldBe(("column_filled_twice", "“Shop” and “Vendor” would both become seller_id. Nothing was imported. Choose one of them."));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("null")]
    [InlineData("seller_id=Shop")]
    [InlineData("""{"columns": null}""")]
    [InlineData("""{"columns": {"seller_id": null}}""")]
    [InlineData("""{"columns": {"seller_id": 3}}""")]
    [InlineData("""{"columns": {"seller_id": "a"}, "Columns": {"name": "b"}}""")]
    public void Refuses_a_text_that_holds_no_mapping(string text) => ColumnMapping.Written(text, "mine.json").Refusal!.Code.ShouldBe("mapping_unreadable");

    [Theory]
    [InlineData("12,50", "", "x", true)]
    [InlineData("", "4,5", "x", true)]
    [InlineData("1250", "4", "3,5", false)]
    [InlineData("1,200", "", "x", false)]
    [InlineData("12,50", "", "3.5", true)]
    [InlineData("12.50", "4,5", "x", false)]
    [InlineData("1.200,50", "4,5", "x", true)]
    public void Guesses_decimal_commas_from_amounts_and_numbers_alone(string revenue, string reviewMean, string note, bool commas)
    {
        var guess = ColumnMapping.Guess(ImportKind.Days, new(["seller_id", "day", "revenue", "review_mean", "note"], [["a", "2018-05-01", revenue, reviewMean, note]]));

        guess.DecimalComma.ShouldBe(commas);
    }

    [Theory]
    [InlineData("yyyy-MM-dd", "2018-06-01")]
    [InlineData("dd/MM/yyyy", "01/02/2018", "13/02/2018")]
    [InlineData("MM/dd/yyyy", "01/02/2018", "02/13/2018")]
    [InlineData("dd.MM.yyyy", "01.02.2018")]
    [InlineData("", "01/02/2018", "03/04/2018")]
    [InlineData("yyyy-MM-dd")]
    [InlineData("yyyy-MM-dd", "soon")]
    public void Tells_how_days_are_written_and_leaves_open_what_may_be_read_two_ways(string format, params string[] days)
    {
        var guess = ColumnMapping.Guess(ImportKind.Days, new(["seller_id", "day"], [.. days.Select(day => new[] { "a", day })]));

        guess.DayFormat.ShouldBe(format);
        guess.Check(ImportKind.Days, ["seller_id", "day"])?.Code.ShouldBe("day_format_unclear");
        (guess.Check(ImportKind.Days, ["seller_id", "day"]) is null).ShouldBe(format.Length > 0);
    }

    [Fact]
    public void Reads_the_mapping_that_the_guide_shows()
    {
        var shown = Regex.Match(Guide(), """`(?<json>\{"columns".*\})`""", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Groups["json"].Value;

        var mapping = ColumnMapping.Written(shown, "guide").Value;

        mapping.Columns.ShouldBe(new Dictionary<string, string> { ["seller_id"] = "Shop ID", ["day"] = "Date" }, ignoreOrder: true);
    }

    [Fact]
    public void Has_the_guide_list_every_column_as_it_is()
    {
        var sections = Guide().Split("\n### ")[1..].ToDictionary(section => section[..section.IndexOf('\n', StringComparison.Ordinal)].Trim());

        sections.Keys.ShouldBe(ImportKind.All.Select(kind => kind.Name), ignoreOrder: true);
        foreach (var kind in ImportKind.All)
        {
            var rows = sections[kind.Name].Split('\n').Where(line => line.StartsWith("| ", StringComparison.Ordinal)).Skip(2)
                .Select(line => string.Join('|', Regex.Split(line.Trim().Trim('|'), @"(?<!\\)\|", RegexOptions.ExplicitCapture, TimeSpan.FromSeconds(1)).Select(cell => cell.Trim())));
            rows.ShouldBe(kind.Columns.Select(column => string.Join('|',
                column.Name, column.Type.ToString().ToLowerInvariant(), column.Unit, column.Meaning.Replace("|", "\\|", StringComparison.Ordinal), column.IsNeeded ? "no" : "yes")), kind.Name);
        }
    }

    static string Guide() => Sources.Read("docs/guide/import.md");
}
