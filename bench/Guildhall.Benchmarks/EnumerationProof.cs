using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Guildhall.Commands;
using Guildhall.Modules.People;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Identity;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Guildhall.Benchmarks;

/// <summary>
/// `prove enumeration`: does the time or the text of an answer tell a stranger whether an address has an account? Each way in is asked about known and unknown addresses in turn, in an order drawn by lot,
/// over loopback, with passwords hashed at their real cost. Last the same is measured of a product that hashes nothing for unknown addresses: were that not told apart, the measurement would be blind.
/// </summary>
static partial class EnumerationProof
{
    const int Seed = 8;
    const int Visitors = 1000;
    static readonly TimeSpan mostGap = TimeSpan.FromMilliseconds(5);
    static readonly (double Least, double Most) fairAuc = (0.45, 0.55);

    sealed record Way(string Name, string Path, string Known, string Unknown, bool WithPassword = false);

    static readonly Way[] ways =
    [
        new("sign in", "/sign-in", "known{0}@example.com", "other{0}@example.com", WithPassword: true),
        new("forgotten password", "/forgotten", "known{0}@example.com", "other{0}@example.com"),
        new("sign in by link", "/sign-in/link", "known{0}@example.com", "other{0}@example.com"),
        new("first sign-in of a shop", "/sign-in/link", "shops{0}@example.com", "other{0}@example.com"),
    ];

    public static int Run(string[] args)
    {
        var tries = int.Parse(new Options(args).Get("tries", "1000"), CultureInfo.InvariantCulture);
        return Prove(tries, CancellationToken.None).GetAwaiter().GetResult() ? 0 : 1;
    }

    static async Task<bool> Prove(int tries, CancellationToken stop)
    {
        var data = Directory.CreateTempSubdirectory("guildhall-prove-");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["GUILDHALL_DATA"] = data.FullName }).Build();
        try
        {
            await using var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, stop);
            await database.MigrateAsync(stop);
            Console.WriteLine($"{tries:N0} known and {tries:N0} unknown addresses each way, order drawn with seed {Seed}");
            var holds = true;
            await using (var app = await Started(database.Source, _ => { }, stop))
            {
                await Given(app, tries, stop);
                var visitors = await Visitor.Many(new(app.Urls.Single()), Visitors, stop);
                foreach (var way in ways) holds &= Report(way.Name, await Measure(visitors, way, tries, stop), isControl: false);
                await app.StopAsync(stop);
            }

            await using var leaking = await Started(database.Source, services => services.Replace(ServiceDescriptor.Scoped<IPasswordHasher<Account>, HashesForKnownOnly>()), stop);
            // The same addresses again: what was tried counts for five minutes.
            await using (var forget = database.Source.CreateCommand("TRUNCATE people.try_count")) await forget.ExecuteNonQueryAsync(stop);
            var control = await Measure(await Visitor.Many(new(leaking.Urls.Single()), Visitors, stop), ways[0], Math.Min(tries, 200), stop);
            var isSeen = !Report("control: no hash for unknown", control, isControl: true);
            await leaking.StopAsync(stop);
            Console.WriteLine(holds ? "Holds." : "Does not hold.");
            if (!isSeen) Console.WriteLine("The control was not told apart: these figures prove nothing.");
            return holds && isSeen;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    static async Task<WebApplication> Started(NpgsqlDataSource database, Action<IServiceCollection> adjust, CancellationToken stop)
    {
        var app = Serve.CreateApp(database, "http://127.0.0.1:0", adjust: services =>
        {
            services.AddLogging(logging => logging.ClearProviders());
            adjust(services);
        });
        await app.StartAsync(stop);
        return app;
    }

    /// <summary>Accounts with one password between them, hashed once at its real cost: trying it costs what it costs anywhere. And shops that nobody signed in for yet.</summary>
    static async Task Given(WebApplication app, int many, CancellationToken stop)
    {
        await using var scope = app.Services.CreateAsyncScope();
        var (accounts, db) = (scope.ServiceProvider.GetRequiredService<UserManager<Account>>(), scope.ServiceProvider.GetRequiredService<GuildhallDb>());
        var first = new Account("Dana Reyes", "dana@example.com", DateTimeOffset.UtcNow) { EmailConfirmed = true };
        var hash = accounts.PasswordHasher.HashPassword(first, "lantern orchard thimble");
        for (var number = 0; number < many; number++)
        {
            var email = string.Format(CultureInfo.InvariantCulture, "known{0:0000}@example.com", number);
            db.Add(new Account("Known", email, DateTimeOffset.UtcNow)
            {
                EmailConfirmed = true,
                PasswordHash = hash,
                NormalizedEmail = accounts.NormalizeEmail(email),
                NormalizedUserName = accounts.NormalizeName(email),
                SecurityStamp = Guid.NewGuid().ToString("N"),
            });
            var shop = string.Format(CultureInfo.InvariantCulture, "shops{0:0000}@example.com", number);
            db.Add(new Seller { ExternalId = shop, Name = "Shop", ContactEmail = shop });
            if (number % 100 == 99) await Save();
        }

        await Save();
        await using var analyze = new NpgsqlCommand("ANALYZE", await scope.ServiceProvider.GetRequiredService<NpgsqlDataSource>().OpenConnectionAsync(stop));
        await using (analyze.Connection) await analyze.ExecuteNonQueryAsync(stop);

        async Task Save()
        {
            await db.SaveChangesAsync(stop);
            db.ChangeTracker.Clear();
        }
    }

    /// <param name="Apart">How many pairs of answers differ in a byte, apart from the address and the token of the form.</param>
    sealed record Times(double[] Known, double[] Unknown, int Apart);

    static async Task<Times> Measure(IReadOnlyList<Visitor> visitors, Way way, int tries, CancellationToken stop)
    {
        // The first answers of a way wait for code to be compiled.
        for (var warm = 0; warm < 20; warm++) await visitors[warm].Ask(way, string.Format(CultureInfo.InvariantCulture, "{0:0000}warms@example.com", warm), stop);
        var order = new Random(Seed);
        var (known, unknown, apart) = (new double[tries], new double[tries], 0);
        for (var number = 0; number < tries; number++)
        {
            // What answering a request leaves behind, such as a mail to be written, must not fall on the other kind alone: who goes first is drawn anew.
            var visitor = visitors[number % visitors.Count];
            var (mine, other) = (Address(way.Known, number), Address(way.Unknown, number));
            var isKnownFirst = order.Next(2) == 0;
            var one = await visitor.Ask(way, isKnownFirst ? mine : other, stop);
            var two = await visitor.Ask(way, isKnownFirst ? other : mine, stop);
            var (ofKnown, ofUnknown) = isKnownFirst ? (one, two) : (two, one);
            (known[number], unknown[number]) = (ofKnown.Milliseconds, ofUnknown.Milliseconds);
            if (ofKnown.Text != ofUnknown.Text) apart++;
        }

        return new Times(known, unknown, apart);

        static string Address(string pattern, int number) => pattern.Replace("{0}", number.ToString("0000", CultureInfo.InvariantCulture), StringComparison.Ordinal);
    }

    /// <returns>Whether the figures hold.</returns>
    static bool Report(string name, Times times, bool isControl)
    {
        var (known, unknown) = (Median(times.Known), Median(times.Unknown));
        var auc = Auc(times.Known, times.Unknown);
        var holds = times.Apart == 0 && Math.Abs(known - unknown) <= mostGap.TotalMilliseconds && auc >= fairAuc.Least && auc <= fairAuc.Most;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{name,-30} median {known,7:0.00} ms known, {unknown,7:0.00} ms unknown, gap {known - unknown,6:+0.00;-0.00} ms; AUC {auc:0.000}; {times.Apart:N0} answers differ{(isControl || holds ? "" : "   FAILS")}"));
        return holds;
    }

    static double Median(double[] values)
    {
        var sorted = values.Order().ToArray();
        return (sorted[(sorted.Length - 1) / 2] + sorted[sorted.Length / 2]) / 2;
    }

    /// <summary>The chance that an answer about a known address took longer than one about an unknown, equal times counted half: the Mann–Whitney statistic over all pairs, exact.</summary>
    static double Auc(double[] known, double[] unknown)
    {
        var sorted = unknown.Order().ToArray();
        var sum = known.Sum(time => (CountBelow(sorted, time, orEqual: false) + CountBelow(sorted, time, orEqual: true)) / 2.0);
        return sum / ((double)known.Length * unknown.Length);
    }

    static int CountBelow(double[] sorted, double value, bool orEqual)
    {
        var (low, high) = (0, sorted.Length);
        while (low < high)
        {
            var middle = (low + high) / 2;
            if (sorted[middle] < value || (orEqual && sorted[middle] == value)) low = middle + 1;
            else high = middle;
        }

        return low;
    }

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]*value=\"(?<token>[^\"]*)\"", RegexOptions.ExplicitCapture, matchTimeoutMilliseconds: 1000)]
    private static partial Regex Token();

    /// <summary>Somebody from a loopback address of their own: the product counts tries by address. The connection stays open, so that only the answer is timed.</summary>
    sealed class Visitor(HttpClient http, string token)
    {
        public static async Task<IReadOnlyList<Visitor>> Many(Uri address, int many, CancellationToken stop)
        {
            var visitors = new List<Visitor>();
            for (var number = 0; number < many; number++)
            {
                var from = new IPAddress([127, 4, (byte)(number / 250), (byte)(number % 250 + 1)]);
                var http = new HttpClient(new SocketsHttpHandler
                {
                    AllowAutoRedirect = false,
                    PooledConnectionIdleTimeout = Timeout.InfiniteTimeSpan,
                    ConnectCallback = async (context, connecting) =>
                    {
                        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                        socket.Bind(new IPEndPoint(from, 0));
                        await socket.ConnectAsync(context.DnsEndPoint, connecting);
                        return new NetworkStream(socket, ownsSocket: true);
                    },
                })
                { BaseAddress = address };
                visitors.Add(new Visitor(http, Token().Match(await http.GetStringAsync("/sign-in", stop)).Groups["token"].Value));
            }

            return visitors;
        }

        public async Task<(double Milliseconds, string Text)> Ask(Way way, string email, CancellationToken stop)
        {
            using var form = new FormUrlEncodedContent([new("Email", email), .. way.WithPassword ? new KeyValuePair<string, string>[] { new("Password", "some other password") } : [], new("__RequestVerificationToken", token)]);
            var begin = Stopwatch.GetTimestamp();
            using var answer = await http.PostAsync(way.Path, form, stop);
            var text = await answer.Content.ReadAsStringAsync(stop);
            var took = Stopwatch.GetElapsedTime(begin).TotalMilliseconds;
            var expected = way.WithPassword ? HttpStatusCode.UnprocessableEntity : HttpStatusCode.OK;
            if (answer.StatusCode != expected) throw new InvalidOperationException($"{way.Path} answered {(int)answer.StatusCode}: nothing was measured.");
            var headers = string.Join('\n', answer.Headers.Concat(answer.Content.Headers).Where(header => header.Key is not "Date").Select(header => $"{header.Key}: {string.Join(", ", header.Value)}").Order(StringComparer.Ordinal));
            var own = Token().Match(text).Groups["token"].Value;
            text = (own.Length == 0 ? text : text.Replace(own, "token", StringComparison.Ordinal)).Replace(email, "address", StringComparison.Ordinal);
            return (took, $"{(int)answer.StatusCode}\n{headers}\n{text}");
        }
    }

    /// <summary>The fault that the control has: an address without an account is answered at once.</summary>
    sealed class HashesForKnownOnly : IPasswordHasher<Account>
    {
        readonly PasswordHasher<Account> real = new();

        public string HashPassword(Account user, string password) => "";

        public PasswordVerificationResult VerifyHashedPassword(Account user, string hashedPassword, string providedPassword) => real.VerifyHashedPassword(user, hashedPassword, providedPassword);
    }
}
