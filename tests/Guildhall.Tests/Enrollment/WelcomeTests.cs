using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Tests.Mentorships;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Enrollment;

/// <summary>The welcome session as those see it who were taken in, and the mail that tells of it.</summary>
public sealed class WelcomeTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Says_not_booked_yet_until_the_manager_books_it_and_then_shows_it_on_the_readers_own_clocks()
    {
        var scene = await MentorshipScene.Given(product);
        var before = (await scene.Mentee.Get("/me/welcome")).Words;
        var manager = (await scene.Program.Manager.Get($"/manage/{scene.Program.Slug}/setup/publish")).Words;

        await Book(scene, "2027-01-05", "17:30");
        var mentee = await scene.Mentee.Get("/me/welcome");
        var mentor = (await scene.Mentor.Get("/mentor/welcome")).Words;

        before.ShouldContain("Not booked yet");
        manager.ShouldMatch("Welcome session ?Not booked yet");
        mentee.Words.ShouldContain("Tue 5 Jan 2027, 20:30 to 21:30, your time (London)");
        mentee.Page.QuerySelector("a[href='https://meet.example.com/a?b=c']")!.TextContent.ShouldBe("Join the welcome session");
        mentor.ShouldContain("Tue 5 Jan 2027, 14:30 to 15:30, your time (Chicago)");
        (await scene.Mentee.Get("/me")).Words.ShouldContain("Tue 5 Jan 2027, 20:30 to 21:30, your time (London)");
    }

    [Fact]
    public async Task Keeps_goal_timeline_and_reporting_to_be_read_again()
    {
        var scene = await MentorshipScene.Given(product);

        var words = (await scene.Mentee.Get("/me/welcome")).Words;

        words.ShouldContain("First sale, sooner, within 14 days, by Sun 4 Apr 2027");
        words.ShouldContain("Days 1 to 304 Jan 2027 to 2 Feb 2027");
        words.ShouldContain("Until the program’s last day4 Apr 2027 What");
        words.ShouldContain("Days from sign-up to the first order that was not canceled.");
        words.ShouldContain("Your mentor sees only what you turn on, item by item.");
    }

    [Fact]
    public async Task Shows_nothing_of_a_program_to_who_takes_no_part()
    {
        var (outsider, _) = await product.GivenShop();

        (await outsider.Get("/me/welcome")).Words.ShouldContain("You take part in no program yet");
    }

    [Fact]
    public async Task Writes_once_when_it_is_booked_and_once_more_when_it_is_moved()
    {
        var scene = await MentorshipScene.Given(product);
        await Tell(scene);
        var unbooked = await Mails(scene);

        await Book(scene, "2027-01-05", "17:30");
        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Tell(scene)));
        var booked = await Mails(scene);
        await Book(scene, "2027-01-06", "17:30");
        await Book(scene, "2027-01-07", "17:30");
        await Tell(scene);
        var tooSoon = await Mails(scene);
        product.Clock.Advance(TimeSpan.FromMinutes(61));
        await Tell(scene);
        var moved = await Mails(scene);

        (unbooked, booked, tooSoon, moved).ShouldBe((0, 2, 2, 4));
        var subjects = await product.Database.ScalarAsync<string>($"SELECT string_agg(DISTINCT subject, '; ' ORDER BY subject) FROM platform.outgoing_mail WHERE kind_id = 'welcome-session' AND address_key IN ({await Addresses(scene)})");
        subjects.ShouldBe("The welcome session of First 90 Days; The welcome session of First 90 Days has another time");
    }

    [Fact]
    public async Task Writes_to_who_comes_in_later_and_when_it_is_off()
    {
        var scene = await MentorshipScene.Given(product);
        await Book(scene, "2027-01-05", "17:30");
        await Tell(scene);
        var (_, late) = await product.GivenShop("Late Comer");
        await scene.TakeIn("mentee", late, "Late Comer");
        await Tell(scene);
        var later = await product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.outgoing_mail m JOIN people.account a ON a.email = m.address_key WHERE a.seller_id = '{late}'");

        await Book(scene, "", "");
        product.Clock.Advance(TimeSpan.FromMinutes(61));
        await Tell(scene);

        later.ShouldBe(1);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.outgoing_mail m JOIN people.account a ON a.email = m.address_key WHERE a.seller_id = '{late}' AND subject LIKE '%is off for now'")).ShouldBe(1);
    }

    [Fact]
    public async Task Writes_a_batch_at_a_time()
    {
        var scene = await MentorshipScene.Given(product);
        var names = Enumerable.Range(1, TellOfWelcome.BatchSize + 3).Select(number => $"w{number}").ToArray();
        await scene.Program.GivenSellers(names);
        await scene.Program.BringIn("mentee", $"id,languages,week_hours\n{string.Join('\n', names.Select(name => $"{scene.Program.Id(name)},en:native,mon 9-12"))}\n");
        await Book(scene, "2027-01-05", "17:30");
        var planned = await Planned(scene);

        var batches = new List<int>();
        for (var batch = 0; batch < 3; batch++) batches.Add(await product.Ask<TellOfWelcome, int>(tell => tell.Batch(planned, Stop)));

        // The product's own worker may have told some of them meanwhile.
        batches.ShouldAllBe(told => told <= TellOfWelcome.BatchSize);
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM enrollment.welcome_notice n JOIN enrollment.participant p ON p.id = n.participant_id WHERE p.program_id = '{planned.ProgramId}'")).ShouldBe(TellOfWelcome.BatchSize + 5);
    }

    async Task Tell(MentorshipScene scene)
    {
        var planned = await Planned(scene);
        await product.Ask<TellOfWelcome, int>(tell => tell.Batch(planned, Stop));
    }

    async Task<PlannedWelcome> Planned(MentorshipScene scene)
    {
        var facts = await product.Ask<ProgramLookup, ProgramFacts?>(lookup => lookup.BySlug(scene.Program.Slug, Stop));
        return (await product.Ask<ProgramLookup, IReadOnlyList<PlannedWelcome>>(lookup => lookup.Welcomes(Stop))).Single(one => one.ProgramId == facts!.Id);
    }

    async Task<long> Mails(MentorshipScene scene) => await product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.outgoing_mail WHERE kind_id = 'welcome-session' AND address_key IN ({await Addresses(scene)})");

    Task<string> Addresses(MentorshipScene scene) => product.Database.ScalarAsync<string>($"SELECT string_agg(quote_literal(email), ',') FROM people.account WHERE seller_id IN ('{scene.MenteeSeller}', '{scene.MentorSeller}')");

    static async Task Book(MentorshipScene scene, string day, string time)
    {
        var page = $"/manage/{scene.Program.Slug}/setup/welcome";
        var seen = (await scene.Program.Manager.Page(page)).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Program.Manager.Post(page, ("WelcomeOn", day), ("WelcomeAt", time), ("TimeZone", "America/Sao_Paulo"), ("LengthMinutes", "60"), ("JoinLink", "https://meet.example.com/a?b=c"), ("seen", seen))).Status.ShouldBe(HttpStatusCode.Redirect);
    }
}
