using System.Diagnostics;
using System.Text.Json;
using Guildhall.Commands;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;

namespace Guildhall.Tests.Commands;

public sealed class MatchTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("guildhall-match-").FullName;
    readonly StringWriter output = new();
    readonly StringWriter errors = new();

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task The_guide_s_example_gives_what_it_shows()
    {
        GivenTheExample();

        (await Run("--settings", At("settings.json"), "--csv", At("pairs.csv"))).ShouldBe(0);

        File.ReadAllText(At("pairs.csv")).ShouldBe(Block("pairs.csv"));
    }

    [Fact]
    public void The_guide_s_example_names_what_the_product_knows()
    {
        GivenTheExample();

        using var mentees = File.OpenRead(At("mentees.ndjson"));
        using var mentors = File.OpenRead(At("mentors.csv"));
        IEnumerable<Matching.Participant> people = [.. ProfileFile.ReadMentees(mentees, isJson: true).Value.People.Select(person => person.Profile), .. ProfileFile.ReadMentors(mentors, isJson: false).Value.People.Select(person => person.Profile)];

        people.SelectMany(person => UnknownWords.Of(person, ProgramDesign.FirstNinetyDays)).ShouldBeEmpty();
        people.Count().ShouldBe(5);
    }

    [Fact]
    public void The_guide_lists_every_skill()
    {
        var guide = File.ReadAllText(Path.Combine(Root(), "docs", "guide", "match-files.md"));

        foreach (var skill in Skill.All) guide.ShouldContain($"| `{skill.Id}` | {skill.Name} |");
    }

    [Fact]
    public async Task The_run_reads_back_as_it_was_written()
    {
        GivenTheExample();

        await Run("--settings", At("settings.json"));

        var run = JsonSerializer.Deserialize<MatchRun>(File.ReadAllText(At("run.json")), MatchOutput.Json)!;
        run.Summary.Matched.ShouldBe(2);
        run.Unmatched.ShouldHaveSingleItem().Rule.ShouldBe(Rule.Language);
        run.Verdict.CheckedPairs.ShouldBe(run.Summary.PossiblePairs);
        JsonSerializer.Serialize(run, MatchOutput.Json).ShouldBe(File.ReadAllText(At("run.json")));
    }

    [Fact]
    public async Task Settings_may_be_left_out()
    {
        GivenTheExample();

        (await Run()).ShouldBe(0);

        File.Exists(At("run.json")).ShouldBeTrue();
        output.ToString().ShouldStartWith("2 of 3 mentees matched with 2 mentors, average fit 74.0, checked over 4 pairs;");
    }

    [Fact]
    public async Task Simpler_ways_are_printed_beside_the_best_total()
    {
        GivenTheExample();

        (await Run("--settings", At("settings.json"), "--beside", "3")).ShouldBe(0);

        var lines = output.ToString().Split('\n');
        lines[1].ShouldContain("rather each other");
        string.Join(' ', lines[2].Split(' ', StringSplitOptions.RemoveEmptyEntries)).ShouldBe("the best total 2 94.6 90.0 0 0 5,000");
        lines[3].ShouldStartWith("best pair first ");
        lines[4].ShouldStartWith("first come, first served, 3 orders ");
        (await Run("--settings", At("settings.json"), "--beside", "0")).ShouldNotBe(0);
    }

    [Theory]
    [InlineData("settings.json", "{}", "settings.json can’t be used. It needs programStart. docs/guide/match-files.md lists every field.")]
    [InlineData("settings.json", "[]", "It holds no JSON object.")]
    [InlineData("settings.json", "{\n\"programStart\":", "settings.json can’t be used. It stops being JSON on line 2.")]
    [InlineData("settings.json", """{"programStart":"9999-12-31"}""", "programStart is 9999-12-31. Choose a day from 1 Jan 2000 to 31 Dec 2100.")]
    [InlineData("settings.json", """{"programStart":"0001-01-01"}""", "Choose a day from 1 Jan 2000 to 31 Dec 2100.")]
    [InlineData("settings.json", """{"programStart":"2026-09-07","programWeeks":"long"}""", "The value of programWeeks can’t be read.")]
    [InlineData("settings.json", """{"programStart":"2026-09-07","weihgts":{}}""", "settings.json can’t be used. Unknown setting “weihgts”. docs/guide/match-files.md lists every field.")]
    [InlineData("settings.json", """{"programStart":"2026-09-07","weights":{"skils":100}}""", "There is no factor “skils” to weigh. The factors are category, velocity, inventory, hours,")]
    [InlineData("settings.json", """{"programStart":"2026-09-07","rules":[{"rule":"langauge","strength":"required"}]}""", "rules[0].rule is no rule. The rules are capacity, openToNew, language,")]
    [InlineData("settings.json", """{"programStart":"2026-09-07","weights":{"category":110,"hours":-10}}""", "The weight of Hours is -10. The least is 0.")]
    [InlineData("settings.json", """{"programStart":"2026-02-30"}""", "programStart is a day, such as 2027-01-04.")]
    [InlineData("settings.json", """{"programStart":"2026-09-07","weights":{"category":90}}""", "The weights add up to 90.")]
    [InlineData("mentors.csv", "id,capacity\nm1,-1\n", "Line 2, capacity")]
    [InlineData("mentors.csv", "id,capacity\nm1,2.5\n", "Line 2, capacity")]
    [InlineData("mentors.csv", "id,capacity\nm1,1\nm1,1\n", "Two mentors have the id m1.")]
    [InlineData("mentors.csv", "id,capacity\n", "There is no mentor in this run.")]
    [InlineData("mentors.csv", "", "mentors.csv: The file is empty.")]
    [InlineData("mentors.csv", "id,capacity\nm1\n", "Line 2: The row has 1 cells")]
    [InlineData("mentees.ndjson", "{\"id\":\"s1\",\"ordersPerWeek\":\"NaN\"}\n", "s1 has orders a week NaN.")]
    [InlineData("mentees.ndjson", "", "There is no mentee in this run.")]
    public async Task Bad_input_is_refused_by_name_and_nothing_is_written(string file, string content, string reason)
    {
        GivenTheExample();
        File.WriteAllText(At(file), content);

        (await Run("--settings", At("settings.json"), "--csv", At("pairs.csv"))).ShouldBe(2);

        errors.ToString().ShouldContain(reason);
        File.Exists(At("run.json")).ShouldBeFalse();
        File.Exists(At("pairs.csv")).ShouldBeFalse();
    }

    [Fact]
    public async Task A_file_that_is_not_there_is_refused()
    {
        (await Run()).ShouldBe(2);

        errors.ToString().ShouldBe($"There is no file {At("mentees.ndjson")}.{Environment.NewLine}");
    }

    [Fact]
    public async Task A_folder_is_refused_as_one()
    {
        GivenTheExample();

        (await Run("--settings", folder)).ShouldBe(2);

        errors.ToString().ShouldBe($"{folder} is a folder, not a file.{Environment.NewLine}");
    }

    [Fact]
    public async Task Settings_may_come_through_a_pipe()
    {
        GivenTheExample();
        var pipe = At("pipe");
        using (var made = Process.Start("mkfifo", [pipe])) await made.WaitForExitAsync(TestContext.Current.CancellationToken);
        var written = Task.Run(() => File.WriteAllText(pipe, Block("settings.json")), TestContext.Current.CancellationToken);

        (await Run("--settings", pipe)).ShouldBe(0, errors.ToString());

        await written;
        JsonSerializer.Deserialize<MatchRun>(File.ReadAllText(At("run.json")), MatchOutput.Json)!.Settings.ProgramStart.ShouldBe(new DateOnly(2026, 9, 7));
    }

    [Fact]
    public async Task One_of_a_thing_is_said_as_one()
    {
        GivenTheExample();
        File.WriteAllText(At("mentees.ndjson"), "{\"id\":\"s1\"}\n");
        File.WriteAllText(At("mentors.csv"), "id,capacity\nm1,1\n");

        await Run();

        output.ToString().ShouldContain("of 1 mentee matched with 1 mentor, ");
        output.ToString().ShouldContain("checked over 1 pair;");
    }

    void GivenTheExample()
    {
        foreach (var file in (string[])["mentees.ndjson", "mentors.csv", "settings.json"]) File.WriteAllText(At(file), Block(file));
    }

    string At(string file) => Path.Combine(folder, file);

    async Task<int> Run(params string[] more) =>
        await Match.Build().Parse(["--mentees", At("mentees.ndjson"), "--mentors", At("mentors.csv"), "--out", At("run.json"), .. more])
            .InvokeAsync(new() { Output = output, Error = errors }, TestContext.Current.CancellationToken);

    /// <summary>The fenced block that follows a file's name in the guide.</summary>
    static string Block(string file)
    {
        var guide = File.ReadAllText(Path.Combine(Root(), "docs", "guide", "match-files.md"));
        var named = guide.IndexOf($"`{file}`:", StringComparison.Ordinal);
        var start = guide.IndexOf('\n', guide.IndexOf("```", named, StringComparison.Ordinal)) + 1;
        return guide[start..guide.IndexOf("```", start, StringComparison.Ordinal)];
    }

    static string Root()
    {
        var at = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(at!.FullName, "Guildhall.slnx"))) at = at.Parent;
        return at.FullName;
    }
}
