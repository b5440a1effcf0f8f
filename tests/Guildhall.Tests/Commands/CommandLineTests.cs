using System.CommandLine;
using Guildhall.Commands;

namespace Guildhall.Tests.Commands;

/// <summary>What the program says of a command line: help where it is asked for, one plain line where it can't be read.</summary>
public sealed class CommandLineTests
{
    [Theory]
    [InlineData("", "Which command? See guildhall --help")]
    [InlineData("program", "Which command? See guildhall program --help")]
    [InlineData("frobnicate", "“frobnicate” is not understood here. See guildhall --help")]
    [InlineData("serve --url http://localhost", "“--url” is not understood here. See guildhall serve --help")]
    [InlineData("import", "Left out: kind, file. See guildhall import --help")]
    [InlineData("import sellers a.csv b.csv", "“b.csv” is not understood here. See guildhall import --help")]
    [InlineData("import selers a.csv", "kind takes days or events or listings or sellers, not “selers”. See guildhall import --help")]
    [InlineData("import sellers a.csv --mapping", "--mapping needs a value. See guildhall import --help")]
    [InlineData("assign --mentors b --out c", "Left out: --pairs. See guildhall assign --help")]
    [InlineData("assign --pairs a --mentors b --out c --threads 0", "--threads is 1 or more. See guildhall assign --help")]
    [InlineData("assign --pairs a --mentors b --out c --threads two", "--threads takes a whole number, not “two”. See guildhall assign --help")]
    [InlineData("assign check --pairs a --mentors b", "Left out: --result. See guildhall assign check --help")]
    [InlineData("demo --as-of yesterday", "--as-of takes a day such as 2026-11-30, not “yesterday”. See guildhall demo --help")]
    [InlineData("assign --pairs a --mentors b --out c --format xml", "--format takes csv or json, not “xml”. See guildhall assign --help")]
    [InlineData("demo --seed 1 --seed 2", "Option '--seed' expects a single argument but 2 were provided. See guildhall demo --help")]
    [InlineData("program mentors spring --minimum-review-mean good", "--minimum-review-mean takes a number, not “good”. See guildhall program mentors --help")]
    [InlineData("program mentees spring --first-order-from 2018-06-30 --first-order-to 2018-06-01", "--first-order-from is after --first-order-to. See guildhall program mentees --help")]
    [InlineData("program mentees spring --first-order-from soon --first-order-to 2018-06-01", "--first-order-from takes a day such as 2026-11-30, not “soon”. See guildhall program mentees --help")]
    [InlineData("program enroll spring helper people.csv", "side takes mentee or mentor, not “helper”. See guildhall program enroll --help")]
    public void Says_in_one_line_why_a_command_line_can_not_be_read(string line, string complaint) =>
        CommandLine.Complaint(CommandLine.Build().Parse(line)).ShouldBe(complaint);

    [Theory]
    [InlineData("migrate")]
    [InlineData("--help")]
    [InlineData("import --help")]
    [InlineData("program enroll -h")]
    [InlineData("program enroll spring mentee people.csv")]
    [InlineData("program mentees spring --first-order-from 2018-06-01 --first-order-to 2018-06-01")]
    [InlineData("--version")]
    public void Has_nothing_to_say_of_one_that_can(string line) => CommandLine.Complaint(CommandLine.Build().Parse(line)).ShouldBeNull();

    [Fact]
    public async Task Ends_with_2_and_that_line_alone()
    {
        var run = await ProgramRun.Of(["import", "sellers"]);

        (run.ExitCode, run.Output).ShouldBe((2, ""));
        run.Errors.ShouldBe(["Left out: file. See guildhall import --help"]);
    }

    [Fact]
    public async Task Shows_help_on_the_output_and_ends_with_0()
    {
        var run = await ProgramRun.Of(["program", "mentors", "--help"]);

        (run.ExitCode, run.Errors.Count).ShouldBe((0, 0));
        run.Output.ShouldContain("--minimum-reviews <count>");
    }

    [Fact]
    public void Explains_every_command_argument_and_option_in_a_sentence_of_its_own()
    {
        var symbols = Everything(CommandLine.Build()).ToList();

        symbols.Where(symbol => string.IsNullOrWhiteSpace(symbol.Description) || symbol.Description.EndsWith('.')).Select(symbol => symbol.Name).ShouldBeEmpty();
        symbols.Count.ShouldBeGreaterThan(40);
    }

    static IEnumerable<Symbol> Everything(Command command) =>
        [command, .. command.Arguments, .. command.Options, .. command.Subcommands.SelectMany(Everything)];
}
