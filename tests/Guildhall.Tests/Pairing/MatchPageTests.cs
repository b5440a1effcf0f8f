using Guildhall.Matching;
using Guildhall.Modules.Pairing;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Pairing;

/// <summary>What the two sides of a pair read of each other: the run's own reasons, and nothing that is not theirs to see.</summary>
public sealed class MatchPageTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Gives_both_sides_the_reasons_that_the_run_stored()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MentorAccepts();
        var score = (await scene.Scene.Stored(1)).Pairs.Single().Score;
        // Whatever becomes of them since: the reasons stay those of the run.
        await MeetScene.BringIn(scene.Scene, "mentor", "id,capacity,channels,week_hours", [$"{scene.Mentor.ExternalId},1,fairs,sun 9-10"]);

        var (mentee, mentor) = (await scene.Mentee.Browser.Page(await scene.MenteePage()), await scene.Mentor.Browser.Page(await scene.MentorPage()));

        var expected = SellerReasons.Of(score, "Mina", "Ruth").Select(reason => $"{reason.Label}: {reason.Text}").ToList();
        expected.Count.ShouldBeGreaterThanOrEqualTo(3);
        expected.Take(3).Select(reason => reason.Split(':')[0]).ShouldBe(["What you sell", "Where you sell", "Goal"]);
        Reasons(mentee).ShouldBe(expected);
        Reasons(mentor).ShouldBe(expected);
        Reasons(mentee)[1].ShouldBe("Where you sell: Both sell through marketplace, 1 of 2 that Mina uses.");
        Reasons(mentee)[2].ShouldBe("Goal: Ruth has passed the orders a week that Mina aims for.");
        foreach (var page in new[] { mentee, mentor }) page.QuerySelector("main .caution")!.TextContent.ShouldContain(SellerReasons.ToKnow(score, new MatchSettings { ProgramStart = new(2027, 1, 4), ProgramWeeks = 13 }, "Mina", "Ruth"));

        static List<string> Reasons(AngleSharp.Dom.IDocument page) => [.. page.QuerySelectorAll("[aria-labelledby=why-h] li").Select(reason => $"{reason.QuerySelector("b")!.TextContent}: {reason.QuerySelector("p")!.TextContent}")];
    }

    [Fact]
    public async Task Tells_two_of_one_first_name_apart()
    {
        var scene = await MeetScene.GivenAsked(product, menteeName: "Ruth Farouk");
        var words = (await scene.Mentor.Browser.Get(await scene.MentorPage())).Words;

        words.ShouldContain("Ruth Calloway has passed the orders a week that Ruth Farouk aims for.");
        CalledApart.Of(Called("Mina Farouk"), Called("Ruth Calloway")).ShouldBe(("Mina", "Ruth"));
        CalledApart.Of(Called("Ruth Calloway", "Pots"), Called("Ruth Calloway", "Jugs")).ShouldBe(("Pots", "Jugs"));

        static PairPerson Called(string person, string shop = "Shop") => new(Guid.Empty, "", person, shop, IsPerson: true);
    }

    [Fact]
    public async Task Shows_a_mentee_who_the_mentor_is_and_none_of_the_figures_or_scores()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MentorAccepts();

        var words = (await scene.Mentee.Browser.Get(await scene.MenteePage())).Words;

        words.ShouldContain("Ruth Calloway’s shop");
        words.ShouldContain("Selling sinceOctober 2026");
        words.ShouldContain("LanguagesEnglish, Portuguese");
        words.ShouldContain("Shared hours6 a week, Tue and Thu (your time, London)");
        words.ShouldContain("Decidesby numbers first");
        words.ShouldContain("The first 2 weeks are a trial.");
        words.ShouldContain("What Ruth can see of your shop");
        words.ShouldContain("Ruth has accepted. It is for you to decide.");
        words.ShouldNotMatch(@"\b(3[,.]?707|7[,.]?303)\b");
        words.ShouldNotContain("of 100");
        words.ShouldNotContain(scene.Mentor.Email);
    }

    [Fact]
    public async Task Shows_a_mentor_what_the_mentee_said_what_it_takes_and_the_places_left()
    {
        var scene = await MeetScene.GivenAsked(product, mentees: 2, places: 3);

        var words = (await scene.Mentor.Browser.Get(await scene.MentorPage())).Words;

        words.ShouldContain("Mina Farouk asks for a mentor");
        words.ShouldContain("Help withSetting prices, Planning stock");
        words.ShouldContain("Goal10 orders a week");
        words.ShouldContain("Time it takesabout 45 minutes a week");
        words.ShouldContain("Your places2 of 3 free before this one");
        words.ShouldContain("You declared no category that you compete in with new shops.");
    }

    [Fact]
    public async Task Shows_a_mentor_the_words_of_the_application_and_no_note_of_staff()
    {
        var program = await product.GivenOpenProgram();
        var mina = await MeetScene.GivenShop(product, "Mina Farouk");
        await mina.Browser.Answers(program.Slug, [.. Applicants.Suggested.Select(page => page.Step == "help" ? (page.Step, [("Skills", "pricing"), ("OwnWords", "People look <i>and</i> don’t buy.")]) : page)]);
        await mina.Browser.Post($"/apply/{program.Slug}/check");
        var id = await product.Database.ScalarAsync<Guid>($"SELECT id FROM enrollment.application WHERE seller_id = '{mina.SellerId}'");
        var seen = (await program.Manager.Page($"/manage/{program.Slug}/applications/{id}")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await program.Manager.Post($"/manage/{program.Slug}/applications/{id}", ("Decision", "accept"), ("Reason", "Only staff know this"), ("Tier", "Standard"), ("TierReason", "Also only staff"), ("seen", seen))).Location.ShouldNotBeNull();
        var ruth = await MeetScene.GivenShop(product, "Ruth Calloway");
        var scene = new PairingScene(program);
        await MeetScene.BringIn(scene, "mentor", "id,name,languages,time_zone,week_hours,capacity", [$"{ruth.ExternalId},Ruth Calloway,en:fluent,Europe/London,mon-fri 8-21,1"]);
        await scene.Steer(settings => settings with { Rules = [.. settings.Rules.Where(rule => rule.Rule != Rule.GroupShare)] });
        await scene.GivenRun();
        await scene.Approve(1);
        product.Clock.Advance(ApproveRun.UndoWindow);
        var meet = new MeetScene(product, scene, ruth, [mina]);

        var page = await ruth.Browser.Page(await meet.MentorPage());

        var words = page.QuerySelector("main")!.TextContent;
        words.ShouldContain("People look <i>and</i> don’t buy.");
        words.ShouldContain("Tuesday afternoon, Thursday morning");
        words.ShouldNotContain("staff know");
        words.ShouldNotContain("only staff");
        page.QuerySelectorAll("main i").ShouldBeEmpty();
    }

    [Fact]
    public async Task Shows_the_counterpart_what_was_declared_while_it_holds()
    {
        var scene = await MeetScene.GivenSigned(product);
        await scene.MentorAccepts();
        await scene.Mentor.Browser.Post("/mentor/charter/declare", ("Kind", "BrandOwned"), ("What", "<b>Kiln</b>"));
        await scene.Mentor.Browser.Post("/mentor/charter/declare", ("Kind", "CompetingCategory"), ("What", "Tableware"));
        await scene.Mentor.Browser.Post("/mentor/charter/declare", ("Kind", "Bias"), ("What", "I dislike discounts"));
        await scene.Mentee.Browser.Post("/me/charter/declare", ("Kind", "Stake"), ("What", "Harbour Ltd"));
        await product.Database.ExecuteAsync($"UPDATE enrollment.disclosure SET expires_at = '2026-11-01' WHERE seller_id = '{scene.Mentor.SellerId}' AND kind = 'Bias'");

        var (mentee, mentor) = (await scene.Mentee.Browser.Page(await scene.MenteePage()), await scene.Mentor.Browser.Page(await scene.MentorPage()));

        mentee.QuerySelectorAll("[aria-labelledby=declared-h] li").Select(one => one.TextContent).ShouldBe(["Owns the brand <b>Kiln</b>", "Competes in Tableware"]);
        mentor.QuerySelectorAll("[aria-labelledby=declared-h] li").Select(one => one.TextContent).ShouldBe(["Has a stake in Harbour Ltd"]);
        mentor.QuerySelector("[aria-labelledby=rival-h]")!.TextContent.ShouldContain("You declared that you compete in Tableware, and Mina sells that. Decline if it could sway your advice.");
    }

    [Fact]
    public async Task Shows_nothing_of_the_other_once_a_pair_ended()
    {
        var scene = await MeetScene.GivenSigned(product);
        var (mentee, mentor) = (await scene.MenteePage(), await scene.MentorPage());
        await scene.MentorAccepts();
        (await scene.Scene.Manager.Post($"{scene.Pairs}/{await scene.Pair()}/withdraw")).Location.ShouldBe($"{scene.Pairs}?did=withdrawn");

        var (one, other) = (await scene.Mentee.Browser.Get(mentee), await scene.Mentor.Browser.Get(mentor));

        one.Words.ShouldContain("The program’s team took this pair back on 21 November 2026. We are finding someone else.");
        other.Words.ShouldContain("Your place is free again.");
        other.Words.ShouldNotContain("Setting prices");
        other.Page.QuerySelectorAll("main form").ShouldBeEmpty();
        (await scene.Mentee.Browser.Post($"{mentee}/accept")).Words.ShouldContain("The program’s team took this pair back meanwhile. Nothing was changed.");
    }

    [Theory]
    [InlineData("home/tableware", "Tableware", true)]
    [InlineData("home/table-ware", "table ware", true)]
    [InlineData("home/tableware", "Home", true)]
    [InlineData("home/tableware/cups", "home/tableware", true)]
    [InlineData("home/tableware/cups", "Home › Tableware", true)]
    [InlineData("home/tableware", "table", false)]
    [InlineData("homes/tableware", "home", false)]
    [InlineData("home/tableware", "toys/tableware", false)]
    public void Compares_a_declared_category_with_what_is_sold(string sold, string declared, bool competes) =>
        CompetitorCheck.Words([declared], [new CategoryShare(sold, 1)], "Mina").StartsWith("You declared that you compete in", StringComparison.Ordinal).ShouldBe(competes);

    [Fact]
    public void Says_when_what_is_sold_is_not_known() =>
        CompetitorCheck.Words(["toys"], null, "Mina").ShouldBe("What Mina sells is not known, so the categories that you declared could not be compared.");

    [Theory]
    [InlineData(FactKind.Orders, "", "2;37", "Ruth gets more orders a week than Mina.")]
    [InlineData(FactKind.Orders, "", "4;4", "Ruth gets as many orders a week as Mina.")]
    [InlineData(FactKind.LevelPassed, "", "10;73", "Ruth has passed the orders a week that Mina aims for.")]
    [InlineData(FactKind.LevelPassed, "", "10;7", "Ruth has not reached the orders a week that Mina aims for.")]
    [InlineData(FactKind.Skills, "pricing;inventory", "2;3;0.9", "Ruth can help with pricing and stock.")]
    [InlineData(FactKind.Skills, "", "0;3;0", "Ruth offers none of what Mina needs first.")]
    [InlineData(FactKind.Stock, "both-from-stock", "17;90", "Both sell from stock.")]
    [InlineData(FactKind.Stock, "", "17;90", "How many variants they sell was compared.")]
    [InlineData(FactKind.Answers, "", "1;9;3", "Ruth does not always find the time to answer.")]
    [InlineData(FactKind.NotKnown, "mentee", "", "Not known for Mina.")]
    public void Words_a_reason_without_the_others_figures(FactKind kind, string words, string numbers, string sentence)
    {
        var fact = new PairFact(kind, words.Split(';', StringSplitOptions.RemoveEmptyEntries), [.. numbers.Split(';', StringSplitOptions.RemoveEmptyEntries).Select(number => double.Parse(number, System.Globalization.CultureInfo.InvariantCulture))]);
        var score = new PairScore { Millionths = 500_000, Points = 50, Factors = [new(Factor.Category, 1, 20, 20, true, fact)], Penalties = [], Caution = null };

        var reasons = SellerReasons.Of(score, "Mina", "Ruth");

        reasons.Select(reason => reason.Text).ShouldBe([sentence, "Does not count in this program’s matching.", "Does not count in this program’s matching."]);
    }

    [Fact]
    public void Names_the_caution_or_else_where_the_two_fit_least()
    {
        var settings = new MatchSettings { ProgramStart = new(2027, 1, 4), ProgramWeeks = 13 };
        var hours = new PairFact(FactKind.SharedHours, ["tuesday"], [2, 2]);
        FactorScore[] factors = [new(Factor.Hours, 0.5, 20, 10, true, hours), new(Factor.Region, 0, 5, 0, true, new(FactKind.Region, ["PT/Lisboa", "GB/London"], [])), new(Factor.Style, 0, 90, 0, false, new(FactKind.NotKnown, ["mentee"], []))];
        var score = new PairScore { Millionths = 1, Points = 1, Factors = factors, Penalties = [], Caution = null };

        SellerReasons.ToKnow(score, settings, "Mina", "Ruth").ShouldBe("Where you fit least: shared hours. 2 shared hours a week, Tuesday.");
        SellerReasons.ToKnow(score with { Caution = new(CautionKind.FewSharedHours, Fact: hours) }, settings, "Mina", "Ruth").ShouldBe("Only 2 shared hours a week.");
        SellerReasons.ToKnow(score with { Caution = new(CautionKind.FewAnswers, Fact: new(FactKind.Answers, [], [1, 9])) }, settings, "Mina", "Ruth").ShouldBe("Ruth does not always find the time to answer.");
        SellerReasons.ToKnow(score with { Factors = [] }, settings, "Mina", "Ruth").ShouldBe("Nothing that was compared stands against it.");
    }
}
