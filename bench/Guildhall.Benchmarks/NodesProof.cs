using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Guildhall.Benchmarks;

/// <summary>
/// `prove nodes`: several nodes on one database behind a proxy are killed one after another (kill -9) while people write and jobs run. What was answered is stored, once; what jobs do is done once; the job of a node that died
/// runs elsewhere within 30 s; and who signed in on one node is known on the others. Last the same jobs run on nodes that know nothing of each other: were that not told apart, the proof would be blind.
/// </summary>
static partial class NodesProof
{
    const int Seed = 15;
    const int Visitors = 8;
    static readonly TimeSpan pause = TimeSpan.FromMilliseconds(100);
    const int Shops = 20_000;
    const string Email = "dana@example.com";
    const string Password = "lantern orchard thimble";
    static readonly TimeSpan mostRescue = TimeSpan.FromSeconds(30);

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int Number(string name, string otherwise) => int.Parse(options.Get(name, otherwise), CultureInfo.InvariantCulture);
        return Prove(Number("nodes", "3"), Number("kills", "10"), TimeSpan.FromSeconds(Number("every", "8")), TimeSpan.FromMinutes(Number("clocks", "0"))).GetAwaiter().GetResult() ? 0 : 1;
    }

    static async Task<bool> Prove(int many, int kills, TimeSpan every, TimeSpan clocks)
    {
        var data = Directory.CreateTempSubdirectory("guildhall-prove-");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["GUILDHALL_DATA"] = data.FullName }).Build();
        try
        {
            await using var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, CancellationToken.None);
            await database.MigrateAsync(CancellationToken.None);
            await Do(database.Source, ProofNode.Tables);
            await Given(database.Source);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{many} nodes, {kills} kills, one every {every.TotalSeconds:0} s, order drawn with seed {Seed}, clocks up to {clocks.TotalMinutes:0} min apart from the database’s"));
            bool holds;
            using (var nodes = await ProofNodes.Start(database.Source.ConnectionString, many, clocks))
            {
                holds = await SignedInEverywhere(nodes);
                holds &= await Kill(nodes, database.Source, kills, every);
            }

            var isSeen = await Control(database.Source, many, clocks);
            Console.WriteLine(holds ? "Holds." : "Does not hold.");
            if (!isSeen) Console.WriteLine("The control was not told apart: these figures prove nothing.");
            return holds && isSeen;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    /// <summary>A manager who signs in, and shops whose owners ask for links.</summary>
    static async Task Given(NpgsqlDataSource source)
    {
        var collection = new ServiceCollection();
        collection.AddLogging(logging => logging.ClearProviders());
        collection.AddPlatform(source, ModuleList.All);
        collection.RemoveAll<IHostedService>();
        await using var services = collection.BuildServiceProvider();
        await using var scope = services.CreateAsyncScope();
        var made = await scope.ServiceProvider.GetRequiredService<UserManager<Account>>().CreateAsync(new Account("Dana Reyes", Email, DateTimeOffset.UtcNow) { EmailConfirmed = true }, Password);
        if (!made.Succeeded) throw new InvalidOperationException("The account could not be made.");
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        foreach (var thousand in Enumerable.Range(0, Shops).Chunk(1000))
        {
            db.AddRange(thousand.Select(shop => new Seller { ExternalId = AddressOf(shop), Name = "Shop", ContactEmail = AddressOf(shop) }));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await Do(source, "ANALYZE");
    }

    static string AddressOf(int shop) => string.Create(CultureInfo.InvariantCulture, $"shop{shop}@example.com");

    static async Task<bool> SignedInEverywhere(ProofNodes nodes)
    {
        using var http = Client(new CookieContainer(), new IPAddress([127, 6, 0, 1]));
        var token = TokenIn(await http.GetStringAsync(new Uri(nodes.AddressOf(0), "/sign-in")));
        using var form = Form(("Email", Email), ("Password", Password), ("__RequestVerificationToken", token));
        using var answer = await http.PostAsync(new Uri(nodes.AddressOf(1 % nodes.Count), "/sign-in"), form);
        var known = 0;
        for (var node = 0; node < nodes.Count; node++)
        {
            using var page = await http.GetAsync(new Uri(nodes.AddressOf(node), "/account"));
            if (page.StatusCode == HttpStatusCode.OK) known++;
        }

        return Report($"signed in with a form of node 1 on node 2: known on {known} of {nodes.Count}", answer.StatusCode == HttpStatusCode.Redirect && known == nodes.Count);
    }

    static async Task<bool> Kill(ProofNodes nodes, NpgsqlDataSource database, int kills, TimeSpan every)
    {
        using var proxy = new RoundRobinProxy(nodes.Ports);
        using var over = new CancellationTokenSource();
        var (answered, cut) = (new ConcurrentBag<string>(), new ConcurrentBag<string>());
        var next = 0;
        var load = Enumerable.Range(0, Visitors).Select(visitor => Task.Run(() => Ask(proxy.Address, () => Interlocked.Increment(ref next), answered, cut, over.Token))).ToArray();
        var chance = new Random(Seed);
        var (due, killed) = (0, new List<(string Node, DateTimeOffset At)>());
        for (var kill = 0; kill < kills; kill++)
        {
            for (var second = 0; second < every.TotalSeconds; second++)
            {
                await Do(database, $"INSERT INTO proof.due SELECT generate_series({due + 1}, {due += 20})");
                await Task.Delay(TimeSpan.FromSeconds(1));
            }

            // Who runs the long job dies more often than by chance: that leaves an orphan.
            var running = await One<string?>(database, "SELECT max(node) FROM proof.long_run WHERE ended_at IS NULL AND began_at > now() - interval '3 s'");
            var victim = running is not null && nodes.IndexOf(running) is >= 0 and var busy ? busy : chance.Next(nodes.Count);
            killed.Add((nodes.NameOf(victim), await One<DateTimeOffset>(database, "SELECT clock_timestamp()")));
            await nodes.KillAndStartAnew(victim);
        }

        var settled = Stopwatch.GetTimestamp();
        while (Stopwatch.GetElapsedTime(settled).TotalSeconds < 40 || await One<long>(database, "SELECT (SELECT count(*) FROM people.link_request) + (SELECT count(*) FROM proof.due)") > 0)
        {
            if (!over.IsCancellationRequested && Stopwatch.GetElapsedTime(settled).TotalSeconds > 5) await over.CancelAsync();
            if (Stopwatch.GetElapsedTime(settled) > TimeSpan.FromMinutes(3)) break;
            await Task.Delay(500);
        }

        await Task.WhenAll(load);
        return await Judge(database, killed, due, answered, cut.Count);
    }

    /// <summary>Asks for a link to one shop's address after another, each once: what was not answered is not asked again, for it may have been stored.</summary>
    static async Task Ask(Uri proxy, Func<int> next, ConcurrentBag<string> answered, ConcurrentBag<string> cut, CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && next() is < Shops and var shop)
        {
            var address = AddressOf(shop);
            // Each from a loopback address of its own: the product counts tries by address.
            using var http = Client(new CookieContainer(), new IPAddress([127, 5, (byte)(shop >> 8), (byte)shop]));
            try
            {
                var token = TokenIn(await http.GetStringAsync(new Uri(proxy, "/sign-in"), CancellationToken.None));
                using var form = Form(("Email", address), ("__RequestVerificationToken", token));
                using var answer = await http.PostAsync(new Uri(proxy, "/sign-in/link"), form, CancellationToken.None);
                if (answer.StatusCode == HttpStatusCode.OK) answered.Add(address);
                else throw new InvalidOperationException($"/sign-in/link answered {(int)answer.StatusCode}: nothing was measured.");
            }
            catch (HttpRequestException)
            {
                cut.Add(address);
            }

            await Task.Delay(pause, CancellationToken.None);
        }
    }

    static async Task<bool> Judge(NpgsqlDataSource database, List<(string Node, DateTimeOffset At)> killed, int due, ConcurrentBag<string> answered, int cut)
    {
        await using var command = database.CreateCommand("SELECT count(*) FROM unnest($1) asked WHERE NOT EXISTS (SELECT FROM platform.outgoing_mail mail WHERE mail.address_key = asked)");
        command.Parameters.AddWithValue(answered.ToArray());
        var lost = (long)(await command.ExecuteScalarAsync())!;
        var twice = await One<long>(database, "SELECT count(*) FROM (SELECT FROM platform.outgoing_mail GROUP BY address_key HAVING count(*) > 1) t");
        var holds = Report($"{answered.Count:N0} answered writes, {cut:N0} cut off: {lost:N0} lost, {twice:N0} done twice", lost == 0 && twice == 0 && answered.Count > killed.Count);

        var (effects, different) = (await One<long>(database, "SELECT count(*) FROM proof.effect"), await One<long>(database, "SELECT count(DISTINCT id) FROM proof.effect"));
        holds &= Report($"{due:N0} things for a job to do: {different:N0} done, {effects - different:N0} of them twice", different == due && effects == different);

        var (ticks, close) = await Ticks(database);
        holds &= Report($"a job every {ProofNode.TickEvery.TotalSeconds:0} s ran {ticks:N0} times, {close:N0} too soon after another (a node killed between its work and the note of it: {killed.Count} at most)", ticks > 10 && close <= killed.Count);

        List<double> rescues = [];
        foreach (var (node, at) in killed)
        {
            await using var ask = database.CreateCommand("""
                SELECT extract(epoch FROM min(next.began_at) - $2)::float8 FROM proof.long_run orphan JOIN proof.long_run next ON next.began_at > $2
                WHERE orphan.node = $1 AND orphan.ended_at IS NULL AND orphan.began_at <= $2 HAVING count(orphan.id) > 0
                """);
            ask.Parameters.AddWithValue(node);
            ask.Parameters.AddWithValue(at.UtcDateTime);
            if (await ask.ExecuteScalarAsync() is double seconds) rescues.Add(seconds);
        }

        var orphans = await One<long>(database, "SELECT count(*) FROM proof.long_run WHERE ended_at IS NULL AND began_at < now() - interval '10 s'");
        return holds & Report(string.Create(CultureInfo.InvariantCulture, $"{orphans} jobs lost their node in the middle, {rescues.Count} of them went on elsewhere, after {rescues.DefaultIfEmpty().Min():0.0} to {rescues.DefaultIfEmpty().Max():0.0} s"),
            rescues.Count > 0 && rescues.Count == orphans && rescues.Max() <= mostRescue.TotalSeconds);
    }

    static async Task<bool> Control(NpgsqlDataSource database, int many, TimeSpan clocks)
    {
        await Do(database, "TRUNCATE proof.tick");
        using (await ProofNodes.Start(database.ConnectionString, many, clocks, "--alone")) await Task.Delay(TimeSpan.FromSeconds(10));
        var (ticks, close) = await Ticks(database);
        Console.WriteLine($"control, nodes that know nothing of each other: the job ran {ticks:N0} times, {close:N0} too soon after another");
        return close > ticks / 3;
    }

    static async Task<(long Ticks, long Close)> Ticks(NpgsqlDataSource database) => (
        await One<long>(database, "SELECT count(*) FROM proof.tick"),
        await One<long>(database, string.Create(CultureInfo.InvariantCulture, $"SELECT count(*) FROM (SELECT at - lag(at) OVER (ORDER BY at) AS apart FROM proof.tick) t WHERE apart < interval '{ProofNode.TickEvery.TotalSeconds / 2} s'")));

    internal static bool Report(string line, bool holds)
    {
        Console.WriteLine(holds ? line : $"{line}   FAILS");
        return holds;
    }

    internal static async Task Do(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }

    internal static async Task<T> One<T>(NpgsqlDataSource database, string sql)
    {
        await using var command = database.CreateCommand(sql);
        return await command.ExecuteScalarAsync() switch { DBNull => default!, DateTime at when typeof(T) == typeof(DateTimeOffset) => (T)(object)new DateTimeOffset(at), var value => (T)value! };
    }

    /// <summary>A browser from an address of its own, with a new connection, and so another node, for each request.</summary>
    static HttpClient Client(CookieContainer cookies, IPAddress from) => new(new SocketsHttpHandler
    {
        AllowAutoRedirect = false,
        CookieContainer = cookies,
        PooledConnectionLifetime = TimeSpan.Zero,
        ConnectCallback = async (context, connecting) =>
        {
            var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            socket.Bind(new IPEndPoint(from, 0));
            await socket.ConnectAsync(context.DnsEndPoint, connecting);
            return new NetworkStream(socket, ownsSocket: true);
        },
    })
    { Timeout = TimeSpan.FromSeconds(30) };

    static FormUrlEncodedContent Form(params (string Name, string Value)[] fields) => new(fields.Select(field => KeyValuePair.Create(field.Name, field.Value)));

    static string TokenIn(string page) => Token().Match(page).Groups["token"].Value;

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();
}
