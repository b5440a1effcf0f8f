using Guildhall.Modules.Pairing;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>What comes after a pair that ended: the next best mentor is asked, nobody who is promised to somebody is moved, and mentors who stay silent are asked no more.</summary>
public sealed class NextBestTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    static CancellationToken Stop => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Asks_the_next_best_mentor_when_the_first_declines()
    {
        var scene = await MeetScene.GivenSigned(product);
        await GivenSecondMentor(scene);
        await scene.Mentor.Browser.Post($"{await scene.MentorPage()}/decline", ("Reason", "NoTime"));

        await Offer();

        (await Held(scene)).ShouldBe("mentor-2 Approved");
        (await scene.Scene.Manager.Get($"{scene.Pairs}?state=declined")).Words.ShouldContain("Second Mentor was asked instead.");
        var listed = (await scene.Scene.Manager.Get(scene.Pairs)).Words;
        listed.ShouldContain("The next best after an earlier pair.");
        listed.ShouldContain("is asked today at");
        (await scene.MailsTo(scene.Mentee)).ShouldBe(0, "a mentee hears of a mentor who said yes");
        (await scene.Scene.Manager.Get($"{scene.Scene.Studio}/runs")).Words.ShouldNotContain("Run 2", Case.Sensitive, "the search for one mentee is no run of the studio");
    }

    [Fact]
    public async Task Moves_nobody_who_is_promised_to_somebody()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 2);
        await GivenSecondMentor(scene, places: 0);
        await scene.BothAccept(1);
        await scene.Mentor.Browser.Post($"{await scene.MentorPage()}/decline", ("Reason", "NoTime"));

        await Offer();

        (await Held(scene)).ShouldBe("nobody");
        (await scene.State(1)).ShouldBe("Active");
        (await scene.Scene.Manager.Get($"{scene.Pairs}?state=declined")).Words.ShouldContain("Mina waits for the next run.");
    }

    [Fact]
    public async Task Looks_for_nobody_when_the_mentee_has_no_time()
    {
        var scene = await MeetScene.GivenSigned(product);
        await GivenSecondMentor(scene);
        await scene.MentorAccepts();
        await scene.Mentee.Browser.Post($"{await scene.MenteePage()}/decline", ("Reason", "NoTime"));

        await Offer();

        (await Held(scene)).ShouldBe("nobody");
    }

    [Fact]
    public async Task Offers_one_mentor_when_two_nodes_look_at_once()
    {
        var scene = await MeetScene.GivenSigned(product);
        await GivenSecondMentor(scene);
        await scene.Mentor.Browser.Post($"{await scene.MentorPage()}/decline", ("Reason", "NoTime"));

        await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Offer()));

        (await Held(scene)).ShouldBe("mentor-2 Approved");
        (await product.Database.ScalarAsync<long>($"SELECT count(*) FROM pairing.match_run r JOIN pairing.proposal p ON p.run_id = r.id WHERE r.number IS NULL AND p.mentee_id = (SELECT id FROM enrollment.participant WHERE seller_id = '{scene.Mentee.SellerId}')")).ShouldBe(1);
    }

    [Fact]
    public async Task Reminds_once_a_day_before_the_time_is_over()
    {
        var scene = await MeetScene.GivenSigned(product);
        (await Remind()).ShouldBe(0);
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET reply_by = '{product.Clock.GetUtcNow().AddHours(23):O}' WHERE id = '{await scene.Pair()}'");

        (await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => Remind()))).Sum().ShouldBe(1);

        (await scene.SubjectsTo(scene.Mentor)).ShouldBe("Mina Farouk asks for a mentor | Mina Farouk still waits for your answer");
        (await scene.Scene.Manager.Get(scene.Pairs)).Words.ShouldContain("Reminded today at");
        await scene.MentorAccepts();
        (await Remind()).ShouldBe(0, "the mentee has three days of their own");
    }

    [Fact]
    public async Task Ranks_a_silent_mentor_lower_and_then_asks_them_no_more_until_they_say_so()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 2, places: 3);
        await LetPass(scene, 0);
        var first = (await IsOpen(scene), await scene.SubjectsTo(scene.Mentor));
        var profile = (await Pool(scene)).Mentors.Single(mentor => mentor.Id == scene.Mentor.ExternalId);
        await LetPass(scene, 1);

        first.Item1.ShouldBeTrue("one silence is no habit");
        (profile.Asked, profile.Answered).ShouldBe((1, 0));
        (await IsOpen(scene)).ShouldBeFalse();
        (await scene.SubjectsTo(scene.Mentor)).ShouldEndWith("We stopped sending you requests");
        (await Pool(scene)).OpenPlaces.ShouldBe(0);
        (await scene.Mentor.Browser.Get("/mentor")).Words.ShouldContain("You are on a break.");
        (await scene.Mentor.Browser.Post($"/mentor/hours/{scene.Scene.Program.Slug}/open", ("IsOpen", "true"), ("to", "/mentor"))).Location.ShouldBe("/mentor");
        (await Pool(scene)).OpenPlaces.ShouldBe(3);
    }

    [Fact]
    public async Task Counts_no_silence_of_a_mentor_who_was_never_told()
    {
        var scene = await MeetScene.GivenSigned(product, mentees: 2);
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET mentor_mails = '{{}}' WHERE id IN ('{await scene.Pair()}', '{await scene.Pair(1)}')");

        await LetPass(scene, 0);
        await LetPass(scene, 1);

        (await IsOpen(scene)).ShouldBeTrue();
        (await Pool(scene)).Mentors.Single().Asked.ShouldBeNull();
    }

    [Fact]
    public async Task Asks_another_mentor_after_one_who_could_not_be_told_and_never_the_same_again()
    {
        var scene = await MeetScene.GivenSigned(product);
        await GivenSecondMentor(scene);
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET mentor_mails = '{{}}' WHERE id = '{await scene.Pair()}'");
        await LetPass(scene, 0);
        await Offer();
        var second = await Held(scene);
        await LetPass(scene, 0);

        await Offer();

        second.ShouldBe("mentor-2 Approved");
        (await Held(scene)).ShouldBe("nobody", "asked in turn for ever, neither would ever answer");
    }

    [Fact]
    public async Task Asks_no_mentor_for_a_mentee_whom_nobody_can_tell()
    {
        var scene = await MeetScene.GivenSigned(product);
        await GivenSecondMentor(scene);
        await scene.MentorAccepts();
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET mentee_mails = '{{}}' WHERE id = '{await scene.Pair()}'");
        await LetPass(scene, 0);

        await Offer();

        (await Held(scene)).ShouldBe("nobody");
        (await scene.Scene.Manager.Get($"{scene.Pairs}?state=expired")).Words.ShouldContain("Mina waits for the next run.");
    }

    async Task LetPass(MeetScene scene, int mentee)
    {
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET reply_by = '{product.Clock.GetUtcNow().AddSeconds(-1):O}' WHERE id = '{await scene.Pair(mentee)}'");
        (await scene.Expire()).ShouldBe(1);
    }

    Task<bool> IsOpen(MeetScene scene) => product.Database.ScalarAsync<bool>($"SELECT (as_mentor ->> 'isOpenToNew')::bool FROM enrollment.participant WHERE seller_id = '{scene.Mentor.SellerId}'");

    async Task<MatchPeople> Pool(MeetScene scene)
    {
        var program = await product.Ask<Modules.Programs.ProgramLookup, Modules.Programs.ProgramFacts?>(programs => programs.BySlug(scene.Scene.Program.Slug, Stop));
        return await product.Ask<MatchPool, MatchPeople>(pool => pool.Of(program!, Stop));
    }

    /// <summary>A mentor nearly as good as the first, who can be reached.</summary>
    static async Task GivenSecondMentor(MeetScene scene, int places = 1)
    {
        await scene.Scene.Program.GivenSellers("mentor-2");
        await MeetScene.BringIn(scene.Scene, "mentor", "id,name,languages,time_zone,week_hours,capacity", [$"{scene.Scene.Mentor(2)},Second Mentor,en:native,Europe/London,tue 14-17,{places}"]);
    }

    /// <summary>As the job does it: until nobody is owed anything. Other tests of the class left pairs too.</summary>
    async Task Offer()
    {
        while (await product.Ask<OfferNextBest, int>(offer => offer.Run(Stop)) > 0) { }
    }

    Task<int> Remind() => product.Ask<ExpirePairs, int>(expire => expire.Remind(Stop));

    /// <summary>Who holds the first mentee now.</summary>
    Task<string> Held(MeetScene scene) => product.Database.ScalarAsync<string>($"""
        SELECT coalesce((SELECT regexp_replace(s.external_id, '^s[0-9]+-', '') || ' ' || p.state FROM pairing.proposal p JOIN enrollment.participant e ON e.id = p.mentee_id JOIN enrollment.participant m ON m.id = p.mentor_id JOIN sellers.seller s ON s.id = m.seller_id
        WHERE e.seller_id = '{scene.Mentee.SellerId}' AND p.state IN ('Approved', 'Active')), 'nobody')
        """);
}
