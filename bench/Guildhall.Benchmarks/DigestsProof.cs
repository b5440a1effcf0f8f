using System.Diagnostics;
using System.Globalization;
using Guildhall.Modules.People;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Npgsql;

namespace Guildhall.Benchmarks;

/// <summary>
/// `prove digests`: thousands of people over the clocks of the world have notices that wait for their digest, and while it is written and sent, more. Several nodes whose clocks differ are killed (kill -9), the one that writes
/// before the others. Everybody has one digest of the day, nobody two, and nothing is lost: what came too late waits for the next morning. Last the same without the key of a day: were nobody told twice then, the proof would be blind.
/// </summary>
static class DigestsProof
{
    const int Seed = 16;
    static readonly TimeSpan patience = TimeSpan.FromMinutes(12);

    public static int Run(string[] args)
    {
        var options = new Options(args);
        int Number(string name, string otherwise) => int.Parse(options.Get(name, otherwise), CultureInfo.InvariantCulture);
        return Prove(Number("people", "10000"), Number("nodes", "3"), TimeSpan.FromSeconds(Number("every", "4")), TimeSpan.FromMinutes(Number("clocks", "5"))).GetAwaiter().GetResult() ? 0 : 1;
    }

    static async Task<bool> Prove(int people, int many, TimeSpan every, TimeSpan clocks)
    {
        var data = Directory.CreateTempSubdirectory("guildhall-prove-");
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["GUILDHALL_DATA"] = data.FullName }).Build();
        try
        {
            await using var database = await RunningDatabase.OpenAsync(configuration, DatabaseUse.Command, NullLoggerFactory.Instance, CancellationToken.None);
            await database.MigrateAsync(CancellationToken.None);
            await GivenPeople(database.Source, people);
            Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{people:N0} people, {many} nodes, one killed every {every.TotalSeconds:0} s, order drawn with seed {Seed}, clocks up to {clocks.TotalMinutes:0} min apart from the database’s"));
            var holds = Judge(await Day(database.Source, people, many, every, clocks), people, mustHold: true);

            await NodesProof.Do(database.Source, "ALTER TABLE notices.digest DROP CONSTRAINT pk_digest");
            Console.WriteLine("control, without the key of person and day:");
            var isSeen = !Judge(await Day(database.Source, people / 10, many, every, clocks), people / 10, mustHold: false);
            Console.WriteLine(holds ? "Holds." : "Does not hold.");
            if (!isSeen) Console.WriteLine("The control was not told apart: these figures prove nothing.");
            return holds && isSeen;
        }
        finally
        {
            data.Delete(recursive: true);
        }
    }

    static async Task GivenPeople(NpgsqlDataSource source, int people)
    {
        await using var db = GuildhallDb.Over(source);
        foreach (var thousand in Enumerable.Range(1, people).Chunk(1000))
        {
            db.AddRange(thousand.Select(person => new Account("Somebody", AddressOf(person), DateTimeOffset.UtcNow) { NormalizedEmail = AddressOf(person).ToUpperInvariant(), NormalizedUserName = AddressOf(person).ToUpperInvariant(), SecurityStamp = "" }));
            await db.SaveChangesAsync();
            db.ChangeTracker.Clear();
        }

        await using var command = source.CreateCommand("INSERT INTO people.preferences (account_id, time_zone) SELECT id, $1[1 + row_number() OVER (ORDER BY id) % cardinality($1)] FROM people.account");
        // Of those whose day doesn’t change meanwhile: who has a digest before and after midnight has two rightly.
        string[] zones = ["Europe/London", "America/Chicago", "Asia/Kolkata", "Asia/Tokyo", "Pacific/Auckland", "America/Sao_Paulo"];
        command.Parameters.AddWithValue(zones.Where(zone => TimeZoneInfo.ConvertTime(DateTimeOffset.UtcNow, TimeZoneInfo.FindSystemTimeZoneById(zone)).Hour is >= 1 and < 22).ToArray());
        await command.ExecuteNonQueryAsync();
    }

    static string AddressOf(int person) => string.Create(CultureInfo.InvariantCulture, $"person{person}@example.com");

    /// <summary>What became of a day of digests.</summary>
    /// <param name="Written">Digests in the outbox.</param>
    /// <param name="People">Of how many people.</param>
    /// <param name="Arrived">Different mails in the sink.</param>
    /// <param name="Copies">Mails that a node had given to the server when it was killed before it could note that: the next one sends them again, under the same Message-ID.</param>
    /// <param name="Untold">Notices that are in no digest and wait for none.</param>
    sealed record Outcome(long Written, long People, int Arrived, int Copies, long Untold, int Kills, int WhileWriting, TimeSpan Took);

    static async Task<Outcome> Day(NpgsqlDataSource database, int people, int many, TimeSpan every, TimeSpan clocks)
    {
        await NodesProof.Do(database, $"""
            TRUNCATE platform.notice, platform.outgoing_mail, notices.digest;
            INSERT INTO platform.notice (id, address_key, kind_id, words, href, at, digest_at)
            SELECT gen_random_uuid(), 'person' || n || '@example.com', 'messages', 'Something', '/me', now() - interval '1 hour', now() + n % 60 * interval '1 s' FROM generate_series(1, {people}) n;
            ANALYZE
            """);
        using var sink = new SmtpSink();
        var (chance, began, kills, whileWriting) = (new Random(Seed), Stopwatch.GetTimestamp(), 0, 0);
        using (var nodes = await ProofNodes.Start(database.ConnectionString, many, clocks, "--product-only", "--smtp-port", sink.Port.ToString(CultureInfo.InvariantCulture)))
        {
            var later = Task.CompletedTask;
            while (Stopwatch.GetElapsedTime(began) < patience)
            {
                // Somebody writes to people all the while; half of that is due at once, as if their clocks had been set back.
                if (later.IsCompleted && await NodesProof.One<long>(database, "SELECT count(*) FROM notices.digest") > 0)
                    later = NodesProof.Do(database, $"""
                        INSERT INTO platform.notice (id, address_key, kind_id, words, href, at, digest_at)
                        SELECT gen_random_uuid(), address_key, 'messages', 'Something more', '/me', now() - interval '1 hour', now() FROM notices.digest ORDER BY random() LIMIT {people / 20}
                        """);
                var busy = await Writing(database, every, chance);
                var victim = busy is not null && nodes.IndexOf(busy) is >= 0 and var writing && chance.Next(4) > 0 ? writing : chance.Next(many);
                if (busy is not null && nodes.NameOf(victim) == busy) whileWriting++;
                await nodes.KillAndStartAnew(victim);
                kills++;
                if (await NodesProof.One<long>(database, "SELECT count(DISTINCT address_key) FROM platform.outgoing_mail WHERE kind_id = 'daily-digest'") >= people && kills >= 10) break;
            }

            await later;
            // Mails of a node that died are due again after five minutes; the clock that is behind comes last.
            while (Stopwatch.GetElapsedTime(began) < patience + MailsHeld + 2 * clocks && await NodesProof.One<long>(database, """
                SELECT (SELECT count(*) FROM platform.outgoing_mail WHERE state = 'Waiting') + (SELECT count(*) FROM platform.notice WHERE digest_at <= now())
                """) > 0) await Task.Delay(1000);
        }

        var ids = sink.Mails.Select(mail => mail.Header("Message-ID")).ToList();
        return new(
            await NodesProof.One<long>(database, "SELECT count(*) FROM platform.outgoing_mail WHERE kind_id = 'daily-digest'"),
            await NodesProof.One<long>(database, "SELECT count(DISTINCT address_key) FROM platform.outgoing_mail WHERE kind_id = 'daily-digest'"),
            ids.Distinct().Count(), ids.Count - ids.Distinct().Count(),
            await NodesProof.One<long>(database, "SELECT (SELECT count(*) FROM platform.notice WHERE digest_at IS NULL) - coalesce((SELECT sum(split_part(subject, ' ', 1)::int) FROM platform.outgoing_mail WHERE kind_id = 'daily-digest'), 0)"),
            kills, whileWriting, Stopwatch.GetElapsedTime(began));
    }

    static TimeSpan MailsHeld => Platform.Mail.MailWorker.HeldFor;

    /// <summary>A node that writes digests, some moment within a while; null where none does then.</summary>
    static async Task<string?> Writing(NpgsqlDataSource database, TimeSpan within, Random chance)
    {
        await Task.Delay(within * chance.NextDouble());
        for (var began = Stopwatch.GetTimestamp(); Stopwatch.GetElapsedTime(began) < within; await Task.Delay(20))
            if (await NodesProof.One<string?>(database, "SELECT max(application_name) FROM pg_stat_activity WHERE backend_xid IS NOT NULL AND (query LIKE '%notices.digest%' OR query LIKE '%platform.notice%') AND pid <> pg_backend_pid()") is { } busy) return busy;
        return null;
    }

    static bool Judge(Outcome day, int people, bool mustHold)
    {
        bool Report(string line, bool holds)
        {
            if (mustHold) return NodesProof.Report(line, holds);
            Console.WriteLine(line);
            return holds;
        }

        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{day.Kills} nodes killed within {day.Took.TotalSeconds:0} s, {day.WhileWriting} of them while they wrote digests"));
        return Report($"{people:N0} people: {day.Written:N0} digests, {people - day.People:N0} missing, {day.Written - day.People:N0} too many", day.Written == people && day.People == people)
            & Report($"{day.Arrived:N0} different mails arrived, {day.Copies:N0} of them twice under one Message-ID (a node killed between the server’s yes and the note of it: {day.Kills} at most)", day.Arrived == people && day.Copies <= day.Kills)
            & Report($"{day.Untold:N0} notices in no digest that wait for none", day.Untold == 0);
    }
}
