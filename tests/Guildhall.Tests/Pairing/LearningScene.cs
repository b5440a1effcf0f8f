using System.Text.Json;
using AngleSharp.Dom;
using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Pairing;

/// <summary>A program with a name of its own whose made-up pairs began on 2 March 2026 and four weeks later, with the sellers of one scene and no others in the marketplace.</summary>
sealed class LearningScene(RunningProduct product, ProgramScene program)
{
    static readonly DateOnly firstJoined = new(2026, 3, 2);
    static readonly DateOnly firstDay = firstJoined.AddDays(-4 * 28);

    public ProgramScene Program => program;
    public string Root => $"{program.Studio}/learning";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    /// <param name="lastDay">The last day that figures are known of; the day after the last weeks that count unless said.</param>
    public static async Task<LearningScene> Given(RunningProduct product, MadePairs made, DateOnly? lastDay = null)
    {
        var scene = new LearningScene(product, await ProgramScene.GivenProgram(product));
        await product.Database.ExecuteAsync($"TRUNCATE sellers.seller_day; DELETE FROM sellers.seller; UPDATE programs.program SET name = slug WHERE slug = '{scene.Program.Slug}'");
        await scene.Insert(made, made.Make(), lastDay ?? firstDay.AddDays(8 * 28));
        await scene.Steer(settings => settings with { Weights = MadePairs.Weights });
        return scene;
    }

    async Task Insert(MadePairs settings, IReadOnlyList<MadePairs.Made> made, DateOnly lastDay)
    {
        var now = product.Clock.GetUtcNow();
        var count = made.Count == 0 ? 0 : made[^1].Mentor + 1;
        var sellers = InOrder.Ids(now, made.Count + count + settings.Others);
        var (mentees, mentors, others) = (sellers[..made.Count], sellers[made.Count..^settings.Others], sellers[^settings.Others..]);
        var random = new Random(settings.Seed);
        var days = new List<(Guid Seller, DateOnly Day, int Orders)>();
        void Sell(Guid seller, int joined, double growth, double level)
        {
            for (var day = firstDay.AddDays(random.Next(7)); day <= lastDay; day = day.AddDays(7)) days.Add((seller, day, (int)Math.Round(level * (day.DayNumber - firstDay.DayNumber < 28 * joined ? 1 : Math.Exp(growth)))));
        }

        foreach (var (i, pair) in made.Index()) Sell(mentees[i], 4 + i % 2, pair.Growth, 40 + random.Next(40));
        foreach (var other in others) Sell(other, 4, 0.1, 40 + random.Next(40));
        // Somebody sells every day, so that every day was imported.
        if (others.Length > 0)
            for (var day = firstDay; day <= lastDay; day = day.AddDays(1))
                if (days.All(one => one.Seller != others[0] || one.Day != day)) days.Add((others[0], day, 40));

        await using var connection = await product.Database.Source.OpenConnectionAsync(Stop);
        await SellerDayPartitions.Ensure(connection, Enumerable.Range(0, 14).Select(n => new DateOnly(2025, 11, 1).AddMonths(n)), Stop);
        await Execute(connection, "INSERT INTO sellers.seller (id, external_id, name, category, signed_up_on) SELECT id, id::text, 'Shop', 'home/kitchen', day FROM unnest($1, $2) u(id, day)",
            sellers, sellers.Select((_, i) => firstDay.AddDays(-30 - i % 400)).ToArray());
        await Execute(connection, "INSERT INTO sellers.seller_day (seller_id, day, orders, revenue_minor_units) SELECT seller, day, orders, 3000 * orders FROM unnest($1, $2, $3) u(seller, day, orders)",
            days.Select(day => day.Seller).ToArray(), days.Select(day => day.Day).ToArray(), days.Select(day => day.Orders).ToArray());

        var participants = InOrder.Ids(now, made.Count + count);
        var (ofMentees, ofMentors, pairs) = (participants[..made.Count], participants[made.Count..], InOrder.Ids(now, made.Count));
        await Execute(connection, """
            INSERT INTO enrollment.participant (id, program_id, seller_id, side, origin, joined_at, as_mentee, as_mentor)
            SELECT u.id, p.id, u.seller_id, u.side, 'Stated', '2026-01-10', CASE WHEN u.side = 'Mentee' THEN '{}'::jsonb END, CASE WHEN u.side = 'Mentor' THEN '{}'::jsonb END
            FROM unnest($1, $2, $3) u(id, seller_id, side) CROSS JOIN programs.program p WHERE p.slug = $4
            """, participants, (Guid[])[.. mentees, .. mentors], (string[])[.. ofMentees.Select(_ => "Mentee"), .. ofMentors.Select(_ => "Mentor")], program.Slug);
        await Execute(connection, """
            INSERT INTO pairing.proposal (id, run_id, program_id, mentee_id, mentor_id, score_millionths, state, approved_at, mentor_accepted_at, mentee_accepted_at, decided_at)
            SELECT u.id, p.id, p.id, u.mentee, u.mentor, 700000, 'Active', u.at, u.at, u.at, u.at FROM unnest($1, $2, $3, $4) u(id, mentee, mentor, at) CROSS JOIN programs.program p WHERE p.slug = $5
            """, pairs, ofMentees, made.Select(pair => ofMentors[pair.Mentor]).ToArray(), made.Select((_, i) => firstJoined.AddDays(28 * (i % 2)).ToDateTime(new(12, 0), DateTimeKind.Utc)).ToArray(), program.Slug);
        await Execute(connection, """
            INSERT INTO pairing.pair_choice (proposal_id, program_id, made_at, how)
            SELECT u.id, p.id, '2026-02-20', u.how::jsonb FROM unnest($1, $2) u(id, how) CROSS JOIN programs.program p WHERE p.slug = $3
            """, pairs, made.Select(pair => JsonSerializer.Serialize(pair.How, JsonColumns.Options)).ToArray(), program.Slug);
    }

    static async Task Execute(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync(Stop);
    }

    public async Task Steer(Func<MatchSettings, MatchSettings> change) =>
        (await product.Ask<SteerMatching, Refusal?>(async steer => (await steer.Run(program.Slug, await product.Ask<ReadStudio, uint>(read => read.Seen(program.Slug, Stop)), settings => change(settings), Actor.Product, Stop)).Refusal)).ShouldBeNull();

    /// <summary>Asks, lets the job read, and opens the page.</summary>
    public async Task<IDocument> Reads()
    {
        (await program.Manager.Post(Root)).Location.ShouldBe(Root);
        await RunJob();
        return await program.Manager.Page(Root);
    }

    public Task RunJob() => product.Ask<LearnFromPairs, bool>(async learn =>
    {
        await learn.RunAll(Stop);
        return true;
    });

    public Task<Answer> Approves(int reading) => program.Manager.Post($"{Root}/approve", ("reading", $"{reading}"));

    public async Task<int> Skills() => (await new PairingScene(program).Settings()).Weights.GetValueOrDefault(Factor.Skills);

    public Task<long> Count(string table) => product.Database.ScalarAsync<long>(table == "weight_approval"
        ? $"SELECT count(*) FROM pairing.weight_approval a JOIN pairing.learning_reading r ON r.id = a.reading_id JOIN programs.program p ON p.id = r.program_id WHERE p.slug = '{program.Slug}'"
        : $"SELECT count(*) FROM pairing.{table} t JOIN programs.program p ON p.id = t.program_id WHERE p.slug = '{program.Slug}'");
}
