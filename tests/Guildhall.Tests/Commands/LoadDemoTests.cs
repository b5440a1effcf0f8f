using Guildhall.Commands.Demo;
using Guildhall.Evidence;
using Guildhall.Modules.Impact;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Commands;

/// <summary>Filling an empty installation with the demo marketplace.</summary>
public sealed class LoadDemoTests(TestPostgres postgres)
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Finishes_a_load_that_was_interrupted_wherever_that_was_and_then_leaves_it_alone()
    {
        await using var database = new DatabaseFixture(postgres);
        await database.InitializeAsync();
        await using var services = database.BuildServices();

        await Interrupted(services, "days");
        var days = await database.ScalarAsync<string>(Days);
        await Interrupted(services, "mentees");
        var finished = await LoadDemo.LoadIfEmpty(services, _ => { }, Stop);
        var again = await LoadDemo.LoadIfEmpty(services, _ => { }, Stop);

        (finished.Value, again.Value).ShouldBe((true, false));
        (await database.ScalarAsync<string>(Days)).ShouldBe(days);
        (await database.ScalarAsync<string>("""
            SELECT (SELECT count(*) FROM sellers.seller) || ' sellers; ' || string_agg(line, '; ' ORDER BY line) FROM (
                SELECT g.name || ', ' || g.state || ': ' || count(*) FILTER (WHERE p.side = 'Mentee') || ' mentees, ' || count(*) FILTER (WHERE p.side = 'Mentor') || ' mentors' AS line
                FROM programs.program g JOIN enrollment.participant p ON p.program_id = g.id GROUP BY g.id) AS each
            """)).ShouldBe("1200 sellers; First 90 Days, Open: 42 mentees, 18 mentors; Steady Growth, Closed: 84 mentees, 32 mentors");
        (await database.ScalarAsync<string>("""
            SELECT (SELECT count(*) FROM mentorships.plan_start) || ' plans, ticked by hand: ' || (SELECT count(*) > 0 FROM mentorships.step_mark WHERE done_by IS NOT NULL)
                || ', by figures: ' || (SELECT count(*) > 0 FROM mentorships.step_mark WHERE figures_on IS NOT NULL) || ', shared: ' || (SELECT count(*) > 0 FROM people.consent)
            """)).ShouldBe("126 plans, ticked by hand: true, by figures: true, shared: true");
    }

    [Fact]
    public async Task Tells_of_a_program_that_is_over_whose_effect_the_product_finds()
    {
        await using var database = new DatabaseFixture(postgres);
        await database.InitializeAsync();
        await using var services = database.BuildServices();
        var marketplace = DemoMarketplace.Generate(LoadDemo.UsualSeed, new DateOnly(2026, 11, 30), new DemoSize());

        (await LoadDemo.Load(services.GetRequiredService<IServiceScopeFactory>(), marketplace, _ => { }, Stop)).Refusal.ShouldBeNull();
        await using var scope = services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<ReadResults>().RunAll(Stop);

        (await database.ScalarAsync<long>("SELECT count(*) FROM mentorships.mentorship WHERE state NOT IN ('Finished', 'Ended')")).ShouldBe(0);
        (await database.ScalarAsync<long>("SELECT count(*) FROM mentorships.mentorship")).ShouldBe(marketplace.Earlier.Mentees.Count, "everybody was matched");
        (await database.ScalarAsync<long>("SELECT count(*) FROM enrollment.baseline b JOIN enrollment.participant p ON p.id = b.participant_id WHERE b.as_of > p.joined_at::date")).ShouldBe(0, "nothing later than their joining");
        // What sessions came to is what both say; a booking alone says nothing.
        (await database.ScalarAsync<long>("SELECT count(*) FROM sessions.session s WHERE s.ends_at > (SELECT m.ended_at FROM mentorships.mentorship m WHERE m.id = s.pair_id)")).ShouldBe(0);
        (await database.ScalarAsync<long>("SELECT count(*) FROM sessions.statement")).ShouldBeInRange(500, 1_500);
        var found = await scope.ServiceProvider.GetRequiredService<GuildhallDb>().Set<Reading>().SingleAsync(Stop);
        // Ids are drawn, and with them the order of the bootstrap: the lower end, about 0.09, moves by a hundredth.
        found.Verdict.ShouldBeOneOf(VerdictKind.SomeEvidence, VerdictKind.StrongEvidence);
        // Over the window of 24 weeks: what takes hold with a time constant of 35 days.
        var put = DemoEarlierCohort.Effect * (1 - (35 / 168.0 * (1 - Math.Exp(-168 / 35.0))));
        found.Findings.Share!.Lower.ShouldBeLessThan(put);
        found.Findings.Share.Upper.ShouldBeGreaterThan(put);
    }

    [Fact]
    public async Task Leaves_sellers_alone_that_are_not_its_own()
    {
        await using var database = new DatabaseFixture(postgres);
        await database.InitializeAsync();
        await using var services = database.BuildServices();
        await using (var db = database.NewDb())
        {
            db.Add(new Seller { ExternalId = "ours" });
            await db.SaveChangesAsync(Stop);
        }

        (await LoadDemo.LoadIfEmpty(services, _ => { }, Stop)).Value.ShouldBeFalse();

        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller")).ShouldBe(1);
    }

    [Fact]
    public async Task A_start_with_the_demo_leaves_a_marketplace_empty_that_somebody_named()
    {
        await using var database = new DatabaseFixture(postgres);
        await database.InitializeAsync();
        await using var services = database.BuildServices();
        await using (var db = database.NewDb())
        {
            db.Add(Marketplace.Found("Our marketplace", "USD", "Europe/Lisbon").Value);
            await db.SaveChangesAsync(Stop);
        }
        var said = new List<string>();

        (await LoadDemo.LoadIfUnclaimed(services, said.Add, Stop)).Value.ShouldBeFalse();

        said.ShouldHaveSingleItem().ShouldContain("guildhall demo");
        (await database.ScalarAsync<long>("SELECT count(*) FROM sellers.seller")).ShouldBe(0);
    }

    const string Days = "SELECT count(*) || ' days from ' || min(day) || ' to ' || max(day) FROM sellers.seller_day";

    /// <summary>Loads until it says that this part is done, and dies there.</summary>
    static async Task Interrupted(IServiceProvider services, string part)
    {
        using var dying = new CancellationTokenSource();
        await Should.ThrowAsync<OperationCanceledException>(() => LoadDemo.LoadIfEmpty(services, line =>
        {
            if (line.Contains(part, StringComparison.Ordinal)) dying.Cancel();
        }, dying.Token));
    }
}
