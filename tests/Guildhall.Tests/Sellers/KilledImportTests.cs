using System.Diagnostics;
using System.Globalization;
using System.Text;
using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Sellers;

/// <summary>
/// The real command, killed at random points of a 200,000-row correction and given again until it ends, twenty kills long: nothing is lost, nothing
/// comes twice, and whoever reads meanwhile sees the figures of before or of after.
/// </summary>
public sealed class KilledImportTests(DatabaseFixture database) : IClassFixture<DatabaseFixture>
{
    const int Sellers = 400;
    const int DaysEach = 500;
    const int Kills = 20;
    const string Importer = "importer";

    [Fact]
    public async Task Loses_nothing_and_doubles_nothing_over_20_kills()
    {
        using var scene = new ImportScene(database);
        await scene.GivenSellers([.. Enumerable.Range(0, Sellers).Select(Name)]);
        string[] files = [scene.File("one.csv", Days(1)), scene.File("two.csv", Days(2))];
        (await scene.Import(ImportKind.Days, files[0])).Refusal.ShouldBeNull();
        var watch = Stopwatch.StartNew();
        (await Run(files[1], null)).ShouldBe(0);
        var whole = watch.Elapsed;
        var seed = Environment.TickCount;
        var random = new Random(seed);
        TestContext.Current.SendDiagnosticMessage("Seed {0}; an import that isn't killed takes {1} ms", seed, whole.TotalMilliseconds);

        using var reading = new CancellationTokenSource();
        var readers = ReadUntil(reading.Token);
        int kills = 0, imports = 0;
        // A kill may come when all is committed and only the process hasn't ended yet: then the next run is an import of its own.
        long tooLate = 0;
        while (kills < Kills)
        {
            var version = imports++ % 2 + 1;
            int? exit;
            while ((exit = await Run(files[version - 1], kills < Kills ? whole * (0.1 + 0.9 * random.NextDouble()) : null)) is null)
            {
                if (++kills == Kills) await AllKilledAreGone();
                tooLate = await Done() - (imports + 1);
            }
            exit.ShouldBe(0, $"seed {seed}");
            (await Hash()).ShouldBe(Expected(version), $"seed {seed}, after {kills} kills");
        }
        await reading.CancelAsync();

        var (reads, mixed) = await readers;
        reads.ShouldBeGreaterThan(0);
        mixed.ShouldBe(0, $"seed {seed}");
        // Every killed import was gone on with: a new one would have left its own record, and a staging table, behind.
        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.import WHERE kind = 'days'")).ShouldBe(imports + 2 + tooLate);
        (await Done()).ShouldBe(imports + 2 + tooLate);
        (await database.ScalarAsync<long>("SELECT count(*) FROM pg_tables WHERE schemaname = 'sellers' AND tablename ~ '^import_[0-9a-f]{32}$'")).ShouldBe(0);
    }

    /// <summary>The server goes on with what a killed client had asked last, which may be to commit.</summary>
    async Task AllKilledAreGone()
    {
        while (await database.ScalarAsync<long>($"SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND application_name = '{Importer}'") > 0) await Task.Delay(20, TestContext.Current.CancellationToken);
    }

    Task<long> Done() => database.ScalarAsync<long>("SELECT count(*) FROM sellers.import WHERE kind = 'days' AND state = 'Done'");

    /// <summary>Runs the command; <c>null</c> when it was killed before it ended.</summary>
    async Task<int?> Run(string file, TimeSpan? killAfter)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet")
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var argument in (string[])[Path.Combine(AppContext.BaseDirectory, "guildhall.dll"), "import", "days", file]) start.ArgumentList.Add(argument);
        start.Environment["GUILDHALL_DATABASE"] = $"{database.ConnectionString};Application Name={Importer}";
        using var process = Process.Start(start)!;
        var errors = process.StandardError.ReadToEndAsync(TestContext.Current.CancellationToken);
        var output = process.StandardOutput.ReadToEndAsync(TestContext.Current.CancellationToken);
        using var limit = new CancellationTokenSource(killAfter ?? TimeSpan.FromMinutes(2));
        try
        {
            await process.WaitForExitAsync(limit.Token);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(TestContext.Current.CancellationToken);
            return null;
        }
        await output;
        // The server notices a killed client within moments; until then the import counts as being worked on.
        var text = await errors;
        if (process.ExitCode != 0 && text.Contains("import_running", StringComparison.Ordinal)) return await Run(file, killAfter);
        text.ShouldBeEmpty();
        return process.ExitCode;
    }

    async Task<(int Reads, int Mixed)> ReadUntil(CancellationToken stop)
    {
        int reads = 0, mixed = 0;
        while (!stop.IsCancellationRequested)
        {
            if (!await database.ScalarAsync<bool>($"SELECT count(*) = {Sellers * DaysEach} AND min(orders) = max(orders) FROM sellers.seller_day")) mixed++;
            reads++;
        }
        return (reads, mixed);
    }

    Task<string> Hash() => database.ScalarAsync<string>("""
        SELECT encode(sha256(string_agg(s.external_id || d.day || ' ' || d.orders || ' ' || d.items, ',' ORDER BY s.external_id COLLATE "C", d.day)::bytea), 'hex')
        FROM sellers.seller_day d JOIN sellers.seller s ON s.id = d.seller_id
        """);

    static string Expected(int version) => Convert.ToHexStringLower(System.Security.Cryptography.SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Join(',', from seller in Enumerable.Range(0, Sellers) orderby Name(seller) from day in Enumerable.Range(0, DaysEach) select $"{Name(seller)}{Day(day)} {version} {seller + day}"))));

    static string Days(int version)
    {
        var text = new StringBuilder("seller_id,day,orders,items\n");
        for (var seller = 0; seller < Sellers; seller++)
            for (var day = 0; day < DaysEach; day++) text.Append(CultureInfo.InvariantCulture, $"{Name(seller)},{Day(day)},{version},{seller + day}\n");
        return text.ToString();
    }

    static string Name(int seller) => string.Create(CultureInfo.InvariantCulture, $"seller{seller:000}");
    static string Day(int day) => new DateOnly(2017, 1, 1).AddDays(day).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}
