using Guildhall.Commands.Demo;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Tests.Support;

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
            SELECT (SELECT count(*) FROM sellers.seller) || ' sellers, ' || (SELECT string_agg(state, ',') FROM programs.program) || ': '
                || (SELECT count(*) FILTER (WHERE side = 'Mentee') || ' mentees, ' || count(*) FILTER (WHERE side = 'Mentor') || ' mentors' FROM enrollment.participant)
            """)).ShouldBe("1200 sellers, Open: 42 mentees, 18 mentors");
        (await database.ScalarAsync<string>("""
            SELECT (SELECT count(*) FROM mentorships.plan_start) || ' plans, ticked by hand: ' || (SELECT count(*) > 0 FROM mentorships.step_mark WHERE done_by IS NOT NULL)
                || ', by figures: ' || (SELECT count(*) > 0 FROM mentorships.step_mark WHERE figures_on IS NOT NULL) || ', shared: ' || (SELECT count(*) > 0 FROM people.consent)
            """)).ShouldBe("42 plans, ticked by hand: true, by figures: true, shared: true");
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
