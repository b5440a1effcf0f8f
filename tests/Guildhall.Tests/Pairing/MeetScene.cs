using System.Net;
using Guildhall.Matching;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>Somebody at the screen for a shop of the scene.</summary>
sealed record Shop(Browser Browser, Guid SellerId, Guid AccountId, string Email, string ExternalId, string Person)
{
    public ShopActor Actor => new(AccountId, SellerId, Person);
}

/// <summary>A mentor with mentees whose pairs are approved; the mentor is asked by now unless a test says otherwise, and a mentee once the mentor has accepted.</summary>
sealed class MeetScene(RunningProduct product, PairingScene scene, Shop mentor, IReadOnlyList<Shop> mentees)
{
    public PairingScene Scene => scene;
    public Shop Mentor => mentor;
    public IReadOnlyList<Shop> Mentees => mentees;
    public Shop Mentee => mentees[0];
    public string Pairs => $"/manage/{scene.Program.Slug}/pairs";

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<MeetScene> GivenApproved(RunningProduct product, int mentees = 1, int? places = null, string menteeName = "Mina Farouk", string mentorName = "Ruth Calloway", Func<Shop, Task>? before = null)
    {
        var scene = new PairingScene(await product.GivenOpenProgram());
        var mentor = await GivenShop(product, mentorName);
        List<Shop> waiting = [];
        for (var one = 0; one < mentees; one++) waiting.Add(await GivenShop(product, one == 0 ? menteeName : $"Bo Lind {one}"));
        await BringIn(scene, "mentee", "id,name,languages,time_zone,week_hours,channels,target_orders_per_week,orders_per_week,style,contact,needs",
            waiting.Select(one => $"{one.ExternalId},{Cell(one.Person)},en:native,Europe/London,tue 14-17; thu 14-17,marketplace;social,10,2,1,0,pricing:0.8;inventory:0.5"));
        await BringIn(scene, "mentor", "id,name,languages,time_zone,week_hours,channels,orders_per_week,passed_orders_per_week,style,contact,strengths,capacity",
            [$"{mentor.ExternalId},{Cell(mentor.Person)},en:fluent;pt:native,Europe/Lisbon,tue 14-17; thu 14-17,marketplace,3707,7303,1,0,pricing:0.9,{places ?? mentees}"]);
        // In a program this small one mentor would hold more than a rotation share with a single mentee.
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.GroupShare)] });
        (await scene.GivenRun()).Pairs.Count.ShouldBe(mentees);
        if (before is not null) await before(waiting[0]);
        (await scene.Approve(1)).Location.ShouldNotBeNull();
        await product.Database.ExecuteAsync($"""
            INSERT INTO enrollment.certification (participant_id, method, tries, passed_at)
            SELECT id, '{Certification.MarkOf(Modules.Programs.CoachingMethod.FirstNinetyDays)}', 1, now() FROM enrollment.participant WHERE seller_id = '{mentor.SellerId}'
            """);
        return new MeetScene(product, scene, mentor, waiting);
    }

    public static async Task<MeetScene> GivenAsked(RunningProduct product, int mentees = 1, int? places = null, string menteeName = "Mina Farouk", string mentorName = "Ruth Calloway")
    {
        var scene = await GivenApproved(product, mentees, places, menteeName, mentorName);
        product.Clock.Advance(ApproveRun.UndoWindow);
        return scene;
    }

    /// <summary>The same, and everybody has signed the charter that holds.</summary>
    public static async Task<MeetScene> GivenSigned(RunningProduct product, int mentees = 1, int? places = null)
    {
        var scene = await GivenAsked(product, mentees, places);
        foreach (var shop in scene.Mentees.Append(scene.Mentor)) await scene.Sign(shop);
        return scene;
    }

    public static async Task<Shop> GivenShop(RunningProduct product, string person)
    {
        // An account has a shorter name without line ends; the file of participants may hold the whole one.
        var (browser, sellerId) = await product.GivenShop(person.ReplaceLineEndings(" "));
        return new Shop(
            browser, sellerId, await product.Database.ScalarAsync<Guid>($"SELECT id FROM people.account WHERE seller_id = '{sellerId}'"), await product.Database.ScalarAsync<string>($"SELECT email FROM people.account WHERE seller_id = '{sellerId}'"),
            await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{sellerId}'"), person);
    }

    public static async Task BringIn(PairingScene scene, string side, string header, IEnumerable<string> rows) =>
        (await scene.Program.BringIn(side, $"{header}\n{string.Join('\n', rows)}\n")).Location.ShouldNotBeNull();

    public async Task Sign(Shop shop)
    {
        var number = (await shop.Browser.Page("/me/charter")).QuerySelector("input[name=Number]")!.GetAttribute("value")!;
        (await shop.Browser.Post("/me/charter", ("Number", number), ("Agrees", "true"))).Location.ShouldBe("/me/charter?did=signed");
    }

    /// <summary>The pair of one of the mentees.</summary>
    public Task<Guid> Pair(int mentee = 0) => product.Database.ScalarAsync<Guid>(
        $"SELECT p.id FROM pairing.proposal p JOIN enrollment.participant e ON e.id = p.mentee_id WHERE e.seller_id = '{mentees[mentee].SellerId}' ORDER BY p.id DESC LIMIT 1");

    public async Task<string> MenteePage(int mentee = 0) => $"/me/match/{await Pair(mentee)}";

    public async Task<string> MentorPage(int mentee = 0) => $"/mentor/requests/{await Pair(mentee)}";

    public async Task<string> State(int mentee = 0) => await product.Database.ScalarAsync<string>($"SELECT state FROM pairing.proposal WHERE id = '{await Pair(mentee)}'");

    public Task<long> MailsTo(Shop shop) => product.Database.ScalarAsync<long>($"SELECT count(*) FROM platform.outgoing_mail WHERE \"to\" = '{shop.Email}' AND kind_id = 'match'");

    public Task<string> SubjectsTo(Shop shop) => product.Database.ScalarAsync<string>($"SELECT coalesce(string_agg(subject, ' | ' ORDER BY id), '') FROM platform.outgoing_mail WHERE \"to\" = '{shop.Email}' AND kind_id = 'match'");

    /// <summary>The mentor has accepted one of the mentees, who is asked now.</summary>
    public async Task MentorAccepts(int mentee = 0) => await Accepts(mentor, await MentorPage(mentee));

    /// <summary>Both have accepted.</summary>
    public async Task BothAccept(int mentee = 0)
    {
        await MentorAccepts(mentee);
        await Accepts(mentees[mentee], await MenteePage(mentee));
    }

    public async Task Accepts(Shop shop, string page) => (await shop.Browser.Post($"{page}/accept")).Location.ShouldBe($"{page}?did=accepted");

    internal async Task<Result<Proposal>> Accept(Shop shop, Side side, int mentee = 0)
    {
        var id = await Pair(mentee);
        return await product.Ask<AnswerMatch, Result<Proposal>>(answer => answer.Accept(id, side, shop.Actor, Stop));
    }

    /// <summary>Whatever the pairs' people were written is on its way, so that it can't be taken back any more.</summary>
    public Task MailsAreSent() => product.Database.ExecuteAsync("UPDATE platform.outgoing_mail SET state = 'Sent', sent_at = now() WHERE kind_id = 'match' AND state = 'Waiting'");

    public Task<int> Expire() => product.Ask<ExpirePairs, int>(expire => expire.Run(Stop));

    /// <summary>Who waits and how many places are open, as the next run sees it.</summary>
    public async Task<(int Waiting, int Places)> Pool()
    {
        var program = await product.Ask<Modules.Programs.ProgramLookup, Modules.Programs.ProgramFacts?>(programs => programs.BySlug(scene.Program.Slug, Stop));
        var people = await product.Ask<MatchPool, MatchPeople>(pool => pool.Of(program!, Stop));
        return (people.Mentees.Count, people.OpenPlaces);
    }

    static string Cell(string text) => $"\"{text.Replace("\"", "\"\"")}\"";
}
