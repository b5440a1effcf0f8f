using System.CommandLine;
using System.IO.Compression;
using Guildhall.Commands;

namespace Guildhall.Tests.Commands;

public sealed class AssignTests : IDisposable
{
    readonly string folder = Directory.CreateTempSubdirectory("guildhall-assign-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Theory]
    [InlineData("mentee,mentor,score\na,m,0.5\na,x,0.5\n", "line 3, column mentor", "x")]
    [InlineData("mentee,mentor,score\na,m,0.5\nb,m,0.1\na,m,0.4\n", "line 4, column mentor", "second time")]
    [InlineData("mentee,mentor,score\na,m,0\n", "line 2, column score", "outside")]
    [InlineData("mentee,mentor,score\na,m,1.000001\n", "line 2, column score", "outside")]
    [InlineData("mentee,mentor,score\na,m,0.1234567\n", "line 2, column score", "six digits")]
    [InlineData("mentee,mentor,score\na,m,NaN\n", "line 2, column score", "NaN")]
    [InlineData("mentee,mentor,score\na,m,-0.5\n", "line 2, column score", "-0.5")]
    [InlineData("mentee,mentor,score\na,m,1e-3\n", "line 2, column score", "1e-3")]
    [InlineData("mentee,mentor,score\na,m,\n", "line 2, column score", "empty")]
    [InlineData("mentee,mentor,score\n,m,0.5\n", "line 2, column mentee", "empty")]
    [InlineData("a,m,0.5\nb,m,0.5\n", "line 1, column mentee", "header")]
    [InlineData("mentee,mentor,score\na,m,0.5\na,m\n", "line 3", "2 cells where the header has 3")]
    [InlineData("mentee;mentor;score\na;m;0.5\n", "line 1, column mentee", "header")]
    [InlineData("mentee,mentor,score\na\0b,m,0.5\n", "line 2, column mentee", "NUL")]
    [InlineData("mentee,mentor,score\n", "pairs.csv", "holds no pairs")]
    [InlineData("mentee,mentor,score\n\"a,m,0.5\n", "pairs.csv", "")]
    [InlineData("", "pairs.csv", "")]
    public void Refuses_bad_pairs_naming_the_place(string pairs, string place, string what)
    {
        var run = Run("assign", "--pairs", File("pairs.csv", pairs), "--mentors", File("mentors.csv", "mentor,capacity\nm,1\n"), "--out", Path("result.json"));

        run.ExitCode.ShouldBe(2, run.Errors);
        run.Errors.ShouldContain("pairs.csv");
        run.Errors.ShouldContain(place);
        run.Errors.ShouldContain(what);
        run.Errors.Trim().ShouldNotContain("\n");
        Directory.GetFiles(folder, "result*").ShouldBeEmpty();
    }

    [Theory]
    [InlineData("mentor,capacity\nm,-1\n", "line 2, column capacity")]
    [InlineData("mentor,capacity\nm,2.5\n", "line 2, column capacity")]
    [InlineData("mentor,capacity\nm,99999999999\n", "line 2, column capacity")]
    [InlineData("mentor,capacity\nm,1\nm,2\n", "line 3, column mentor")]
    [InlineData("mentor,capacity\n", "holds no mentors")]
    public void Refuses_bad_mentors_naming_the_place(string mentors, string place)
    {
        var pairs = File("pairs.csv", mentors.EndsWith("capacity\n", StringComparison.Ordinal) ? "mentee,mentor,score\n" : "mentee,mentor,score\na,m,0.5\n");
        var run = Run("assign", "--pairs", pairs, "--mentors", File("mentors.csv", mentors), "--out", Path("result.json"));

        run.ExitCode.ShouldBe(2, run.Errors);
        run.Errors.ShouldContain("mentors.csv");
        run.Errors.ShouldContain(place);
    }

    [Theory]
    [InlineData(1, "result.json")]
    [InlineData(2, "result.json.gz")]
    public void Writes_a_result_that_its_check_confirms_and_refutes_when_changed(int threads, string name)
    {
        var pairs = Gzip("pairs.csv.gz", "mentee,mentor,score\nana,m,0.9\nana,\"o, the 2nd\",0.1\nben,m,0.200000\n");
        var mentors = File("mentors.csv", "\uFEFFmentor,capacity\nm,1\n\"o, the 2nd\",1\nnobody,0\n");
        var mentees = File("mentees.csv", "mentee,priority\nana,0\nidle,7\n");

        var run = Run("assign", "--pairs", pairs, "--mentors", mentors, "--mentees", mentees, "--out", Path(name), "--threads", $"{threads}");

        run.ExitCode.ShouldBe(0, run.Errors);
        var json = Text(name);
        json.ShouldContain("\"totalScore\": 0.300000");
        json.ShouldContain("\"0\": 600000");
        Check(Path(name)).ExitCode.ShouldBe(0);
        foreach (var (old, changed) in new[] { ("\"matched\": 2", "\"matched\": 1"), ("0.300000", "0.300001"), ("\"score\": 0.200000", "\"score\": 0.200001"), ("\"idle\": 0", "\"idle\": 1"), ("\"ben\": 0", "\"bea\": 0"), ("\"7\": 600000", "\"7\": 600001") })
        {
            json.ShouldContain(old);
            var refuted = Check(File("changed.json", json.Replace(old, changed, StringComparison.Ordinal)));
            refuted.ExitCode.ShouldBe(1, $"{old} changed to {changed}");
            refuted.Errors.ShouldNotBeEmpty();
        }

        (int ExitCode, string Output, string Errors) Check(string result) =>
            Run("assign", "check", "--pairs", pairs, "--mentors", mentors, "--mentees", mentees, "--result", result);
    }

    [Fact]
    public void Names_the_file_of_mentees_that_a_check_was_not_given()
    {
        var (pairs, mentors) = (File("pairs.csv", "mentee,mentor,score\nana,m,0.9\n"), File("mentors.csv", "mentor,capacity\nm,1\n"));
        Run("assign", "--pairs", pairs, "--mentors", mentors, "--mentees", File("mentees.csv", "mentee,priority\nidle,7\n"), "--out", Path("result.json")).ExitCode.ShouldBe(0);

        var check = Run("assign", "check", "--pairs", pairs, "--mentors", mentors, "--result", Path("result.json"));
        var cut = Run("assign", "check", "--pairs", pairs, "--mentors", mentors, "--result", File("cut.json", "{\n"));

        (check.ExitCode, check.Errors.Trim()).ShouldBe((1, "Mentee idle has a price and is in no file. A result made with --mentees is checked with the same --mentees."));
        (cut.ExitCode, cut.Errors.Trim()).ShouldBe((2, $"{Path("cut.json")} holds no result: it stops being JSON on line 2."));
    }

    [Fact]
    public void Writes_the_pairs_alone_as_csv()
    {
        var run = Run("assign", "--pairs", File("pairs.csv", "score,mentee,mentor\n.5,a,m\n"), "--mentors", File("mentors.csv", "mentor,capacity\nm,1\n"), "--out", Path("result.csv"), "--format", "csv");

        run.ExitCode.ShouldBe(0, run.Errors);
        Text("result.csv").ShouldBe("mentee,mentor,score\na,m,0.500000\n");
    }

    string Path(string name) => System.IO.Path.Combine(folder, name);

    string File(string name, string text)
    {
        System.IO.File.WriteAllText(Path(name), text);
        return Path(name);
    }

    string Gzip(string name, string text)
    {
        using var writer = new StreamWriter(new GZipStream(System.IO.File.Create(Path(name)), CompressionLevel.Fastest));
        writer.Write(text);
        return Path(name);
    }

    string Text(string name)
    {
        using var reader = new StreamReader(AssignFiles.Open(Path(name)));
        return reader.ReadToEnd();
    }

    static (int ExitCode, string Output, string Errors) Run(params string[] args)
    {
        var (output, errors) = (new StringWriter(), new StringWriter());
        var exitCode = new RootCommand { Assign.Build() }.Parse(args).Invoke(new InvocationConfiguration { Output = output, Error = errors });
        return (exitCode, output.ToString(), errors.ToString());
    }
}
