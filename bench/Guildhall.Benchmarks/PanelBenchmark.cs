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
/// `bench panel`: how long Impact's readings of the sellers' days take, at a quarter, a half and all of the seller-days, beside the least that any panel has to do: one pass that sums each seller's days. Growing faster than the days shows as a rising ratio.
/// </summary>
static class PanelBenchmark
{
    const int DaysPerSeller = 500;
    static readonly DateOnly FirstDay = new(2025, 1, 1);

    public static int Run(string[] args)
    {
        var options = new Options(args);
        var rows = int.Parse(options.Get("rows", "10000000"), CultureInfo.InvariantCulture);
        var repeats = int.Parse(options.Get("repeats", "3"), CultureInfo.InvariantCulture);
        Measure(rows / DaysPerSeller, repeats, CancellationToken.None).GetAwaiter().GetResult();
        return 0;
    }

    static async Task Measure(int sellers, int repeats, CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("guildhall-bench-data-");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["GUILDHALL_DATA"] = data.FullName }).Build();
        try
        {
            await using var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, stop);
            await database.MigrateAsync(stop);
            await using var services = new ServiceCollection().AddLogging().AddSingleton(TimeProvider.System).AddDatabase(database.Source).BuildServiceProvider();
            await using (var connection = await database.Source.OpenConnectionAsync(stop))
                await SellerDayPartitions.Ensure(connection, Enumerable.Range(0, 18).Select(n => FirstDay.AddMonths(n)), stop);

            var known = 0;
            foreach (var size in new[] { sellers / 4, sellers / 2, sellers })
            {
                await Add(database.Source, known, known = size, stop);
                var least = await Median(repeats, () => Sum(database.Source, stop));
                var panel = await Median(repeats, () => Panel(services, stop));
                var came = await Median(repeats, () => Came(services, stop));
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{(long)size * DaysPerSeller,12:N0} seller-days: one pass {least:F2} s; panel of 17 periods {panel:F2} s, {panel / least:F2} of it; first sales {came:F2} s, {came / least:F2} of it"));
            }
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>Sellers who come one after another over a year, and sell on most days from some day on.</summary>
    static async Task Add(NpgsqlDataSource source, int from, int to, CancellationToken stop)
    {
        await Execute(source, $"""
            INSERT INTO sellers.seller (id, external_id, category, country, signed_up_on)
            SELECT gen_random_uuid(), 'bench-' || n, (ARRAY['books', 'home', 'toys', 'garden'])[1 + n % 4], (ARRAY['DE', 'FR', 'PL'])[1 + n % 3], DATE '{FirstDay:yyyy-MM-dd}' + CASE WHEN n % 3 = 0 THEN 100 + n % 300 ELSE 0 END
            FROM generate_series({from}, {to - 1}) n
            """, stop);
        await Execute(source, $"""
            INSERT INTO sellers.seller_day (seller_id, day, orders, cancelled, revenue_minor_units, returned, reviews, review_mean, customers_known, returning_customers)
            SELECT s.id, DATE '{FirstDay:yyyy-MM-dd}' + d, o.orders, CASE WHEN d % 50 = 0 THEN 1 ELSE 0 END, o.orders * 2500, o.orders / 4, o.orders / 2, CASE WHEN o.orders > 1 THEN 3 + (d % 5) / 2.5 END, o.orders, o.orders / 3
            FROM (SELECT id, substr(external_id, 7)::int AS n FROM sellers.seller WHERE substr(external_id, 7)::int >= {from}) s CROSS JOIN generate_series(0, {DaysPerSeller - 1}) d
            CROSS JOIN LATERAL (SELECT CASE WHEN d < s.n % 120 THEN 0 ELSE (s.n * 7 + d * 13) % 5 END AS orders) o
            """, stop);
        await Execute(source, "VACUUM ANALYZE sellers.seller, sellers.seller_day", stop);
    }

    static Task Sum(NpgsqlDataSource source, CancellationToken stop) => Execute(source, "SELECT seller_id, sum(orders), sum(revenue_minor_units) FROM sellers.seller_day GROUP BY seller_id", stop);

    static async Task Panel(ServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var panel = await new SellerLookup(scope.ServiceProvider.GetRequiredService<GuildhallDb>()).Panel(FirstDay, 17, 4, stop);
        if (panel.Sellers.Count == 0) throw new InvalidOperationException("The panel is empty: nothing was measured.");
    }

    static async Task Came(ServiceProvider services, CancellationToken stop)
    {
        await using var scope = services.CreateAsyncScope();
        var came = await new SellerLookup(scope.ServiceProvider.GetRequiredService<GuildhallDb>()).WhoCame(FirstDay.AddDays(DaysPerSeller - 1), stop);
        if (came.Count == 0) throw new InvalidOperationException("Nobody came: nothing was measured.");
    }

    static async Task<double> Median(int repeats, Func<Task> act)
    {
        var seconds = new double[repeats];
        for (var n = 0; n < repeats; n++)
        {
            var begin = Stopwatch.GetTimestamp();
            await act();
            seconds[n] = Stopwatch.GetElapsedTime(begin).TotalSeconds;
        }

        Array.Sort(seconds);
        return seconds[repeats / 2];
    }

    static async Task Execute(NpgsqlDataSource source, string sql, CancellationToken stop)
    {
        await using var command = source.CreateCommand(sql);
        command.CommandTimeout = 1_800;
        await using var reader = await command.ExecuteReaderAsync(stop);
        while (await reader.ReadAsync(stop))
        {
        }
    }
}
