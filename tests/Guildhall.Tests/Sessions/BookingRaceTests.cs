using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Sellers;
using Guildhall.Modules.Sessions;
using Guildhall.Platform;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Npgsql;

namespace Guildhall.Tests.Sessions;

/// <summary>Whoever books at once over two calendars: nobody meets two people at a time, nothing hangs and nothing fails.</summary>
public sealed class BookingRaceTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    const int People = 20, AtOnce = 40;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <summary>2,000 in every run of the tests; `./guildhall prove bookings` sets 10,000.</summary>
    static int Bookings => int.TryParse(Environment.GetEnvironmentVariable("GUILDHALL_BOOKINGS"), NumberStyles.None, CultureInfo.InvariantCulture, out var set) ? set : 2000;

    [Fact]
    public async Task Books_nobody_twice_of_thousands_over_twenty_mentors_and_twenty_mentees()
    {
        var (mentees, mentors, pairs) = await GivenEverybodyPaired();
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        var first = new DateTimeOffset(product.Clock.GetUtcNow().UtcDateTime.Date.AddDays(2), TimeSpan.Zero);
        // Two days: every time is wanted by many.
        var wanted = Enumerable.Range(0, Bookings).Select(_ => (Mentee: random.Next(People), Mentor: random.Next(People), At: first.AddMinutes(30 * random.Next(96)))).ToList();
        ConcurrentDictionary<string, int> outcomes = new();
        ConcurrentBag<string> failures = [];
        var (deadlocks, busy, changes, before) = (await Deadlocks(), await Rows("busy"), await Rows("session_change"), await Rows("session"));

        var watch = Stopwatch.StartNew();
        await Parallel.ForEachAsync(wanted, new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = Stop }, async (one, _) =>
        {
            try
            {
                var booked = await product.Ask<BookSession, Result<Guid>>(book => book.Run(new(pairs[(one.Mentee, one.Mentor)], one.At, ""), Side.Mentee, new ShopActor(Guid.Empty, mentees[one.Mentee], "Bo Lind"), Stop));
                outcomes.AddOrUpdate(booked.Refusal?.Code ?? "booked", 1, (_, count) => count + 1);
            }
            catch (Exception failure)
            {
                failures.Add(failure.ToString());
            }
        });

        TestContext.Current.SendDiagnosticMessage(string.Create(CultureInfo.InvariantCulture, $"{Bookings} bookings, {AtOnce} at a time, in {watch.Elapsed.TotalSeconds:0.0} s: {string.Join(", ", outcomes)}; seed {seed}"));
        failures.ShouldBeEmpty($"seed {seed}");
        outcomes.Keys.Order().ShouldBe(["booked", "time_gone"]);
        outcomes.Values.Sum().ShouldBe(Bookings);
        (await Overlaps("session")).ShouldBe(0, $"seed {seed}");
        (await Overlaps("busy")).ShouldBe(0, $"seed {seed}");
        (await Deadlocks()).ShouldBe(deadlocks);
        // Booked, and each with two busy people, one change, and a number of sessions that random wishes can't fall under.
        var sessions = await Rows("session") - before;
        sessions.ShouldBeInRange(200, outcomes["booked"]);
        (await Rows("busy") - busy).ShouldBe(2 * sessions);
        (await Rows("session_change") - changes).ShouldBe(sessions);
    }

    [Fact]
    public async Task Sees_an_overlap_where_there_is_one_and_the_database_refuses_it()
    {
        var scene = await SessionScene.Given(product);
        var id = await scene.GivenSession(scene.At(3));
        var second = await scene.GivenSession(scene.At(4));
        Task shifted(int minutes) => product.Database.ExecuteAsync(
            $"INSERT INTO sessions.busy (session_id, seller_id, from_at, until_at) SELECT '{Guid.NewGuid()}', seller_id, from_at + interval '{minutes} minutes', until_at + interval '{minutes} minutes' FROM sessions.busy WHERE session_id = '{id}' LIMIT 1");

        (await Should.ThrowAsync<PostgresException>(() => shifted(44))).SqlState.ShouldBe(PostgresErrorCodes.ExclusionViolation);
        await shifted(45);
        await product.Database.ExecuteAsync($"UPDATE sessions.session SET starts_at = (SELECT starts_at FROM sessions.session WHERE id = '{id}'), ends_at = (SELECT ends_at FROM sessions.session WHERE id = '{id}') WHERE id = '{second}'");
        (await Overlaps("session")).ShouldBe(1);
        await product.Database.ExecuteAsync($"DELETE FROM sessions.session WHERE id IN ('{id}', '{second}'); DELETE FROM sessions.busy b WHERE NOT EXISTS (SELECT FROM sessions.session s WHERE s.id = b.session_id)");
    }

    [Fact]
    public async Task Lets_one_of_two_opposite_changes_win()
    {
        var scene = await SessionScene.Given(product);
        await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "0"), ("MostAWeek", "40"));
        for (var round = 0; round < Bookings / 40; round++)
        {
            var id = await scene.GivenSession(scene.At(3));

            var results = await Task.WhenAll(
                product.Ask<ChangeSession, Result<Guid>>(change => change.Move(id, Side.Mentee, scene.AsMentee, 0, scene.At(5), Stop)),
                product.Ask<ChangeSession, Result<Guid>>(change => change.Cancel(id, Side.Mentor, scene.AsMentor, 0, "", Stop)),
                product.Ask<ChangeSession, Result<Guid>>(change => change.Move(id, Side.Mentor, scene.AsMentor, 0, scene.At(6), Stop)));

            results.Count(result => result.Refusal is null).ShouldBe(1);
            results.Where(result => result.Refusal is not null).ShouldAllBe(result => result.Refusal!.Code == "changed_meanwhile");
            var session = await scene.Session(id);
            session.Version.ShouldBe(1);
            (await scene.Changes(id)).ShouldBeOneOf("0 Booked Mentee, 1 Moved Mentee", "0 Booked Mentee, 1 Cancelled Mentor", "0 Booked Mentee, 1 Moved Mentor");
            (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.busy WHERE session_id = '{id}'")).ShouldBe(session.State == SessionState.Booked ? 2 : 0);
            if (session.State == SessionState.Booked) (await product.Ask<ChangeSession, Result<Guid>>(change => change.Cancel(id, Side.Mentor, scene.AsMentor, 1, "", Stop))).Refusal.ShouldBeNull();
        }
    }

    [Fact]
    public async Task Gives_one_time_to_one_of_many_who_want_it()
    {
        var scene = await SessionScene.Given(product);
        var others = await GivenMenteesOf(scene, 12);

        var results = await Task.WhenAll(others.Select(other => product.Ask<BookSession, Result<Guid>>(book => book.Run(new(other.Pair, scene.At(3), ""), Side.Mentee, new ShopActor(Guid.Empty, other.Seller, "Bo Lind"), Stop))));

        results.Count(result => result.Refusal is null).ShouldBe(1);
        results.Count(result => result.Refusal?.Code == "time_gone").ShouldBe(11);
        // And of a week with one place left as well.
        await scene.Mentor.Post("/mentor/calendar/limits", ("PauseMinutes", "0"), ("MostAWeek", "2"));
        var sameWeek = await Task.WhenAll(others.Select((other, hour) => product.Ask<BookSession, Result<Guid>>(book => book.Run(new(other.Pair, scene.At(3, hour), ""), Side.Mentee, new ShopActor(Guid.Empty, other.Seller, "Bo Lind"), Stop))));
        sameWeek.Count(result => result.Refusal is null).ShouldBe(1);
    }

    Task<long> Overlaps(string table) => product.Database.ScalarAsync<long>(table == "busy"
        ? "SELECT count(*) FROM sessions.busy a JOIN sessions.busy b ON a.seller_id = b.seller_id AND a.session_id < b.session_id AND a.from_at < b.until_at AND b.from_at < a.until_at"
        : "SELECT count(*) FROM sessions.session a JOIN sessions.session b ON a.id < b.id AND a.state = 'Booked' AND b.state = 'Booked' AND ARRAY[a.mentee_seller_id, a.mentor_seller_id] && ARRAY[b.mentee_seller_id, b.mentor_seller_id] AND a.starts_at < b.ends_at AND b.starts_at < a.ends_at");

    Task<long> Rows(string table) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM sessions.{table}");

    Task<long> Deadlocks() => product.Database.ScalarAsync<long>("SELECT deadlocks FROM pg_stat_database WHERE datname = current_database()");

    /// <summary>Every mentee is paired with every mentor: a mentee has one mentor in a program, so each mentor is in a program of their own.</summary>
    async Task<(Guid[] Mentees, Guid[] Mentors, Dictionary<(int, int), Guid> Pairs)> GivenEverybodyPaired()
    {
        var program = await product.GivenOpenProgram();
        Seller[] sellers = [.. Enumerable.Range(0, 2 * People).Select(number => new Seller { ExternalId = $"{program.Slug}-race-{number}", Name = $"Shop {number}" })];
        await using var db = product.Database.NewDb();
        db.AddRange(sellers);
        await db.SaveChangesAsync(Stop);
        Dictionary<(int, int), Guid> pairs = [];
        for (var mentor = 0; mentor < People; mentor++)
        {
            var programId = await product.Database.ScalarAsync<Guid>($"""
                WITH copy AS (INSERT INTO programs.program SELECT r.* FROM programs.program p, jsonb_populate_record(p, jsonb_build_object('id', gen_random_uuid(), 'slug', p.slug || '-{mentor}', 'cohort', p.cohort || ' {mentor}')) r WHERE p.slug = '{program.Slug}' RETURNING id),
                versions AS (INSERT INTO programs.program_version SELECT r.* FROM copy, programs.program_version v JOIN programs.program p ON p.id = v.program_id, jsonb_populate_record(v, jsonb_build_object('program_id', copy.id)) r WHERE p.slug = '{program.Slug}' RETURNING 1)
                SELECT id FROM copy
                """);
            var asMentor = Modules.Enrollment.Participant.Mentor(programId, sellers[mentor].Id, new MentorProfile { Id = "m", Capacity = People, TimeZone = "America/Chicago", WeekHours = WeekGrid.Parse(SessionScene.AllDay) }, "Sol Vega", ProfileOrigin.Stated, product.Clock.GetUtcNow()).Value;
            db.Add(asMentor);
            for (var mentee = 0; mentee < People; mentee++)
            {
                var asMentee = Modules.Enrollment.Participant.Mentee(programId, sellers[People + mentee].Id, new MenteeProfile { Id = "m", TimeZone = "Europe/London", WeekHours = WeekGrid.Parse(SessionScene.AllDay) }, "Bo Lind", ProfileOrigin.Stated, product.Clock.GetUtcNow()).Value;
                var pair = new Proposal(Guid.NewGuid(), programId, asMentee.Id, asMentor.Id, 900_000, product.Clock.GetUtcNow());
                db.AddRange(asMentee, pair);
                pairs[(mentee, mentor)] = pair.Id;
            }
        }

        await db.SaveChangesAsync(Stop);
        await product.Database.ExecuteAsync($"""
            UPDATE pairing.proposal SET state = 'Active', decided_at = now() WHERE state = 'Approved';
            INSERT INTO sessions.mentor_calendar (seller_id, pause_minutes, most_a_week) SELECT id, 5 * (hashtext(id::text) & 3), 1000 FROM sellers.seller WHERE external_id LIKE '{program.Slug}-race-%'
            """);
        return ([.. sellers.Skip(People).Select(seller => seller.Id)], [.. sellers.Take(People).Select(seller => seller.Id)], pairs);
    }

    /// <summary>Further mentees of the scene's mentor.</summary>
    async Task<List<(Guid Seller, Guid Pair)>> GivenMenteesOf(SessionScene scene, int count)
    {
        List<(Guid, Guid)> mentees = [];
        await using var db = product.Database.NewDb();
        var mentor = await db.Set<Modules.Enrollment.Participant>().SingleAsync(p => p.SellerId == scene.Pair.MentorSeller, Stop);
        for (var number = 0; number < count; number++)
        {
            var seller = new Seller { ExternalId = $"{mentor.Id}-{number}", Name = $"Shop {number}" };
            db.Add(seller);
            var mentee = Modules.Enrollment.Participant.Mentee(mentor.ProgramId, seller.Id, new MenteeProfile { Id = "m", TimeZone = "Europe/London", WeekHours = WeekGrid.Parse(SessionScene.AllDay) }, "Bo Lind", ProfileOrigin.Stated, scene.Now).Value;
            var pair = new Proposal(Guid.NewGuid(), mentor.ProgramId, mentee.Id, mentor.Id, 900_000, scene.Now);
            db.AddRange(mentee, pair);
            mentees.Add((seller.Id, pair.Id));
        }

        await db.SaveChangesAsync(Stop);
        await product.Database.ExecuteAsync("UPDATE pairing.proposal SET state = 'Active', decided_at = now() WHERE state = 'Approved'");
        return mentees;
    }
}
