using Guildhall.Modules.Sellers;
using Guildhall.Tests.Support;
using Npgsql;

namespace Guildhall.Tests.Impact;

/// <summary>Sellers who came to the marketplace around a program's first day, with the pace at which mentoring lets them sell.</summary>
sealed record NewSellers
{
    public int Mentees { get; init; } = 70;
    public int Others { get; init; } = 500;

    /// <summary>How many times as fast a first sale comes once mentoring has begun.</summary>
    public double Pace { get; init; } = 1;
    public int Seed { get; init; } = 5;

    /// <summary>So many days after a sale comes the next, until the seller leaves; null for one sale and no more.</summary>
    public int? Again { get; init; }

    /// <summary>How many times as long mentees stay once they have sold.</summary>
    public double Stay { get; init; } = 1;

    /// <summary>Mentoring begins so many days after signing up.</summary>
    const int Until = 10;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public async Task<ImpactScene> Given(RunningProduct product)
    {
        var scene = await ImpactScene.Given(product, new() { Mentees = 0, Others = 0 });
        var (random, now, last) = (new Random(Seed), product.Clock.GetUtcNow(), new DateOnly(2026, 7, 31));
        var ids = InOrder.Ids(now, Mentees + Others + 1);
        var signedUp = ids.Select(_ => ImpactScene.StartsOn.AddDays(random.Next(0, 40))).ToArray();
        // One who has sold for long shows that every day was sent.
        signedUp[^1] = new(2025, 6, 1);
        var days = Enumerable.Range(0, last.DayNumber - signedUp[^1].DayNumber + 1).Select(n => (Seller: ids[^1], Day: signedUp[^1].AddDays(n))).ToList();
        for (var i = 0; i < Mentees + Others; i++)
        {
            var patience = -Math.Log(1 - random.NextDouble()) / 0.03;
            // A mentee of this scene is one who still waited when mentoring began.
            if (i < Mentees) patience = Until + (patience / Pace);
            var sale = signedUp[i].AddDays((int)Math.Min(patience, 400) + (i < Mentees ? 1 : 0));
            var leaves = sale.AddDays(Again is null ? 0 : (int)Math.Min(600, -Math.Log(1 - random.NextDouble()) * 50 * (i < Mentees ? Stay : 1)));
            for (; sale <= last && sale <= leaves; sale = sale.AddDays(Again ?? 1)) days.Add((ids[i], sale));
        }

        await using var connection = await product.Database.Source.OpenConnectionAsync(Stop);
        await SellerDayPartitions.Ensure(connection, Enumerable.Range(0, 16).Select(n => new DateOnly(2025, 5, 1).AddMonths(n)), Stop);
        await Execute(connection, "INSERT INTO sellers.seller (id, external_id, name, category, country, signed_up_on) SELECT u.id, 'new-' || n, 'Shop ' || n, CASE WHEN n % 2 = 0 THEN 'books/old' ELSE 'toys' END, 'DE', u.on FROM unnest($1, $2) WITH ORDINALITY u(id, \"on\", n)", ids, signedUp);
        await Execute(connection, "INSERT INTO sellers.seller_day (seller_id, day, orders, revenue_minor_units) SELECT u.id, u.day, 1, 2500 FROM unnest($1, $2) u(id, day)", days.Select(day => day.Seller).ToArray(), days.Select(day => day.Day).ToArray());

        var participants = InOrder.Ids(now, Mentees);
        var mentors = InOrder.Ids(now, (Mentees + 1) / 2);
        await Execute(connection, """
            INSERT INTO enrollment.participant (id, program_id, seller_id, side, origin, joined_at, as_mentee, as_mentor)
            SELECT u.id, p.id, u.seller_id, u.side, 'Stated', '2026-01-10', CASE WHEN u.side = 'Mentee' THEN '{}'::jsonb END, CASE WHEN u.side = 'Mentor' THEN '{}'::jsonb END
            FROM unnest($1, $2, $3) u(id, seller_id, side) CROSS JOIN programs.program p WHERE p.slug = $4
            """, (Guid[])[.. participants, .. mentors], (Guid[])[.. ids.Take(Mentees), .. mentors], (string[])[.. participants.Select(_ => "Mentee"), .. mentors.Select(_ => "Mentor")], scene.Program.Slug);
        // Some part in the trial: mentoring began for them all the same.
        await Execute(connection, """
            INSERT INTO mentorships.mentorship (id, program_id, mentee_id, mentor_id, program_version, state, started_at, ends_on, changes)
            SELECT gen_random_uuid(), p.id, u.mentee_id, u.mentor_id, 1, CASE WHEN n % 5 = 0 THEN 'Ended' ELSE 'Active' END, u.at, '2026-07-01', 2
            FROM unnest($1, $2, $3) WITH ORDINALITY u(mentee_id, mentor_id, at, n) CROSS JOIN programs.program p WHERE p.slug = $4
            """, participants, participants.Select((_, n) => mentors[n / 2]).ToArray(), signedUp.Take(Mentees).Select(day => day.AddDays(Until).ToDateTime(new(9, 0), DateTimeKind.Utc)).ToArray(), scene.Program.Slug);
        return scene;
    }

    static async Task Execute(NpgsqlConnection connection, string sql, params object[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        foreach (var parameter in parameters) command.Parameters.Add(new NpgsqlParameter { Value = parameter });
        await command.ExecuteNonQueryAsync(Stop);
    }
}
