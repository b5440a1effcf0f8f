using System.Diagnostics;
using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Guildhall.Benchmarks;

/// <summary>
/// How long does a first load of seller-days take beside psql's \copy into a table of the same columns, key and months, and how long the same file
/// again? \copy gets a file in which every seller's id is looked up already and nothing is checked; the import reads the marketplace's own file.
/// </summary>
static class ImportBenchmark
{
    const int DaysPerSeller = 500;
    static readonly DateOnly FirstDay = new(2023, 1, 1);

    public static int Run(string[] args)
    {
        var options = new Options(args);
        var rows = int.Parse(options.Get("rows", "1000000"), CultureInfo.InvariantCulture);
        var repeats = int.Parse(options.Get("repeats", "3"), CultureInfo.InvariantCulture);
        Measure(rows, repeats, CancellationToken.None).GetAwaiter().GetResult();
        return 0;
    }

    static async Task Measure(int rows, int repeats, CancellationToken stop)
    {
        var folder = Directory.CreateTempSubdirectory("guildhall-bench-");
        var data = Directory.CreateTempSubdirectory("guildhall-bench-data-");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["GUILDHALL_DATA"] = data.FullName }).Build();
        try
        {
            await using var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, stop);
            await database.MigrateAsync(stop);
            await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddDatabase(database.Source).AddImport().BuildServiceProvider();
            var file = Path.Combine(folder.FullName, "days.csv");
            var resolved = Path.Combine(folder.FullName, "resolved.csv");
            await Given(services, database.Source, rows, folder.FullName, file, resolved, stop);

            List<double> copies = [], loads = [], repeatsUnchanged = [];
            for (var round = 0; round < repeats; round++)
            {
                await Empty(database.Source, stop);
                copies.Add(await Seconds(() => Copy(database.Source, resolved, stop)));
                await Empty(database.Source, stop);
                loads.Add(await Seconds(() => Import(services, file, (rows, 0), stop)));
                repeatsUnchanged.Add(await Seconds(() => Import(services, file, (0, rows), stop)));
            }
            Report(rows, copies, loads, repeatsUnchanged);
        }
        finally
        {
            folder.Delete(recursive: true);
            data.Delete(recursive: true);
        }
    }

    /// <summary>Sellers, the marketplace's file of their days, and the same file with our ids for \copy.</summary>
    static async Task Given(ServiceProvider services, NpgsqlDataSource database, int rows, string folder, string file, string resolved, CancellationToken stop)
    {
        var sellers = (rows + DaysPerSeller - 1) / DaysPerSeller;
        var names = Path.Combine(folder, "sellers.csv");
        await File.WriteAllLinesAsync(names, Enumerable.Range(0, sellers).Select(Name).Prepend("seller_id"), stop);
        await Import(services, ImportKind.Sellers, names, stop);

        var ids = new Dictionary<string, Guid>();
        await using (var command = database.CreateCommand("SELECT external_id, id FROM sellers.seller"))
        await using (var reader = await command.ExecuteReaderAsync(stop))
            while (await reader.ReadAsync(stop)) ids.Add(reader.GetString(0), reader.GetGuid(1));

        await using var theirs = new StreamWriter(file);
        await using var ours = new StreamWriter(resolved);
        await theirs.WriteLineAsync("seller_id,day,orders,items,revenue,freight,cancelled,reviews,review_mean");
        var random = new Random(20180601);
        for (var row = 0; row < rows; row++)
        {
            var seller = Name(row / DaysPerSeller);
            var day = FirstDay.AddDays(row % DaysPerSeller * 2);
            int orders = random.Next(1, 9), cents = random.Next(100, 1_000_000), freight = random.Next(100, 10_000), reviews = random.Next(2);
            var stars = reviews == 0 ? "" : random.Next(1, 6).ToString(CultureInfo.InvariantCulture);
            await theirs.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{seller},{day:yyyy-MM-dd},{orders},{orders + 1},{cents / 100}.{cents % 100:00},{freight / 100}.{freight % 100:00},0,{reviews},{stars}"));
            await ours.WriteLineAsync(string.Create(CultureInfo.InvariantCulture, $"{ids[seller]},{day:yyyy-MM-dd},{orders},{orders + 1},{cents},{freight},0,{reviews},{stars}"));
        }
    }

    static string Name(int seller) => string.Create(CultureInfo.InvariantCulture, $"{seller * 2654435761L & 0xFFFFFFFFFFFF:x12}");

    /// <summary>The months stay: both loads fill the same tables.</summary>
    static async Task Empty(NpgsqlDataSource database, CancellationToken stop)
    {
        await using var connection = await database.OpenConnectionAsync(stop);
        await SellerDayPartitions.Ensure(connection, Enumerable.Range(0, DaysPerSeller * 2 / 28).Select(month => FirstDay.AddMonths(month)), stop);
        await connection.Execute("TRUNCATE sellers.seller_day", stop);
    }

    static async Task Copy(NpgsqlDataSource database, string resolved, CancellationToken stop)
    {
        var connection = new NpgsqlConnectionStringBuilder(database.ConnectionString);
        var start = new ProcessStartInfo("psql") { UseShellExecute = false, RedirectStandardError = true, RedirectStandardOutput = true };
        foreach (var argument in (string[])["-X", "-q", "-v", "ON_ERROR_STOP=1", "-c",
            $@"\copy sellers.seller_day (seller_id, day, orders, items, revenue_minor_units, freight_minor_units, cancelled, reviews, review_mean) from '{resolved}' csv"])
            start.ArgumentList.Add(argument);
        start.Environment["PGHOST"] = connection.Host;
        start.Environment["PGPORT"] = connection.Port.ToString(CultureInfo.InvariantCulture);
        start.Environment["PGUSER"] = connection.Username;
        start.Environment["PGPASSWORD"] = connection.Password;
        start.Environment["PGDATABASE"] = connection.Database;
        using var psql = Process.Start(start)!;
        var errors = await psql.StandardError.ReadToEndAsync(stop);
        await psql.WaitForExitAsync(stop);
        if (psql.ExitCode != 0) throw new InvalidOperationException(errors);
    }

    static async Task Import(ServiceProvider services, string file, (long Inserted, long Unchanged) expected, CancellationToken stop)
    {
        var done = await Import(services, ImportKind.Days, file, stop);
        if ((done.RowsInserted, done.RowsUnchanged) != expected)
            throw new InvalidOperationException($"{done.RowsInserted} rows were new and {done.RowsUnchanged} unchanged; {expected.Inserted} and {expected.Unchanged} were to be.");
    }

    static async Task<Modules.Sellers.Import> Import(ServiceProvider services, ImportKind kind, string file, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var result = await scope.ServiceProvider.GetRequiredService<ImportLocalFile>().Run(new(kind, file, null, false, false, "BRL"), null, stop);
        return result.Value.Done ?? throw new InvalidOperationException(result.Value.Refusal!.Message);
    }

    static async Task<double> Seconds(Func<Task> work)
    {
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }

    static void Report(int rows, List<double> copies, List<double> loads, List<double> unchanged)
    {
        double copy = Median(copies), load = Median(loads), again = Median(unchanged);
        var peak = Process.GetCurrentProcess().PeakWorkingSet64 / (1 << 20);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"""
            {rows:N0} seller-days, median of {copies.Count}, {Environment.ProcessorCount} processors
            psql \copy            {copy,7:0.00} s   {rows / copy,11:N0} rows/s   1.00
            first load            {load,7:0.00} s   {rows / load,11:N0} rows/s   {load / copy:0.00}  (goal: 2.00 at most)
            the same file again   {again,7:0.00} s   {rows / again,11:N0} rows/s   {again / copy:0.00}  ({again / load:0.00} of the first load; goal: 1.00 at most)
            peak memory of this process {peak:N0} MB
            """));
    }

    static double Median(List<double> values) => values.Order().ElementAt(values.Count / 2);
}
