using System.Diagnostics;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>What `guildhall import` says on a terminal.</summary>
public sealed class ImportCommandTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    [Fact]
    public async Task Names_the_first_bad_rows_and_how_to_get_all()
    {
        using var scene = new ImportScene(database);
        var few = scene.File("few.csv", "seller_id,day,orders\nx,2018-02-30,none\nx,2018-05-01,1\n");
        var many = scene.File("many.csv", "seller_id,day,note,orders\n" + string.Concat(Enumerable.Range(0, 30).Select(_ => "x,2018-02-30,1,1\n")));
        var all = scene.File("all.csv", "");

        var refused = await Run("import", "days", few);
        var skipped = await Run("import", "days", many, "--skip-bad-rows");
        var written = await Run("import", "days", many, "--rejects", all);

        refused.Exit.ShouldBe(1);
        Lines(refused.Errors).ShouldBe(
        [
            "Line 2, day: There is no such day, or it is written differently from the chosen form. (no_such_day)",
            "Line 2, orders: This isn’t a whole number, written in digits alone. (not_a_whole_number)",
            "1 of 2 rows needs a fix. Nothing was imported. Fix them and send the file again, or choose to skip bad rows. (bad_rows)",
        ]);
        skipped.Exit.ShouldBe(0);
        Lines(skipped.Errors).Length.ShouldBe(11);
        Lines(skipped.Errors)[10].ShouldBe("20 more problems were found. Give --rejects FILE as well to have all of them in a file.");
        Lines(written.Errors)[10].ShouldBe($"20 more problems were found. {all} holds every rejected row.");
        (await File.ReadAllLinesAsync(all, TestContext.Current.CancellationToken)).Length.ShouldBe(31);
    }

    [Fact]
    public async Task Doubts_a_header_that_may_be_a_seller()
    {
        using var scene = new ImportScene(database);
        var before = await scene.Everything();

        var refused = await Run("import", "sellers", scene.File("bare.csv", "ana,Ana’s jars\nbo,Bo’s boards\n"));
        var empty = await Run("import", "sellers", scene.File("empty.csv", "ana,,\nbo,,\n"));

        (refused.Exit, empty.Exit).ShouldBe((1, 1));
        refused.Errors.ShouldContain("The first row is read as the names of the columns: “ana”, “Ana’s jars”. If it is a seller already, add a header line to the file and load it again.");
        empty.Errors.ShouldContain("Two columns have no name. Nothing was imported. Give each column its own name; if the first row is data already, add a header line.");
        (await scene.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Counts_one_row_as_one()
    {
        using var scene = new ImportScene(database);
        var one = scene.File("one.csv", "seller_id\ncounted\n");

        (await Run("import", "sellers", one, "--dry-run")).Output.Trim().ShouldBe("1 row of sellers checked, none imported: 1 new, 0 changed, 0 unchanged");
    }

    [Fact]
    public async Task Imports_nothing_when_rejected_rows_could_not_be_written()
    {
        using var scene = new ImportScene(database);
        var good = scene.File("good.csv", "seller_id\nunwritable\n");
        var folder = Path.GetDirectoryName(good)!;
        var before = await scene.Everything();

        var refused = await Run("import", "sellers", good, "--rejects", folder);
        var itself = await Run("import", "sellers", good, "--rejects", good);

        refused.Exit.ShouldBe(1);
        Lines(refused.Errors).ShouldHaveSingleItem().ShouldStartWith($"Rejected rows can’t be written to {folder}: ");
        refused.Errors.ShouldContain("Nothing was imported. Give --rejects another file. (rejects_not_writable)");
        itself.Exit.ShouldBe(1);
        Lines(itself.Errors).ShouldHaveSingleItem();
        (await File.ReadAllTextAsync(good, TestContext.Current.CancellationToken)).ShouldBe("seller_id\nunwritable\n");
        (await scene.Everything()).ShouldBe(before);
    }

    [Fact]
    public async Task Says_in_one_line_that_a_file_can_not_be_read()
    {
        using var scene = new ImportScene(database);
        var folder = Path.GetDirectoryName(scene.File("good.csv", "seller_id\nx\n"))!;

        var refused = await Run("demo", "--mentees", "4", "--out", Path.Combine(folder, "good.csv"));

        refused.Exit.ShouldBe(1);
        Lines(refused.Errors).ShouldHaveSingleItem();
    }

    static string[] Lines(string text) => text.Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    async Task<(int Exit, string Output, string Errors)> Run(params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", [Path.Combine(AppContext.BaseDirectory, "guildhall.dll"), .. arguments]) { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        start.Environment["GUILDHALL_DATABASE"] = database.ConnectionString;
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        var errors = await process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        await process.WaitForExitAsync(TestContext.Current.CancellationToken);
        return (process.ExitCode, await output, errors);
    }
}
