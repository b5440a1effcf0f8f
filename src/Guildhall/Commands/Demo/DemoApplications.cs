using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Commands.Demo;

/// <summary>Applications to the demo's program in every state that there is, from shops beside the cohort, each with an account of its owner that has no password.</summary>
sealed class DemoApplications(GuildhallDb db, DemoAccounts accounts, SellerLookup sellers, TimeProvider clock)
{
    static readonly IReadOnlyList<ApplicationState> menteeStates =
    [
        ApplicationState.Sent, ApplicationState.Sent, ApplicationState.Sent, ApplicationState.Sent, ApplicationState.Waiting, ApplicationState.Waiting, ApplicationState.Waiting,
        ApplicationState.Declined, ApplicationState.Declined, ApplicationState.Draft, ApplicationState.Draft, ApplicationState.Withdrawn,
    ];
    static readonly IReadOnlyList<ApplicationState> mentorStates = [ApplicationState.Sent, ApplicationState.Sent, ApplicationState.Declined, ApplicationState.Draft];
    const int AcceptedMentees = 6;

    /// <summary>Why somebody has another level of help than the rule proposed.</summary>
    static readonly string[] reasons = ["Their goal for the first quarter needs another pace.", "A mentor of their trade has time for exactly this.", "They told us on the phone how much time they have."];

    /// <returns>How many there are now; 0 when they were there before.</returns>
    public async Task<int> Run(ProgramFacts program, DemoMarketplace marketplace, CancellationToken stop)
    {
        if (await db.Set<Application>().AnyAsync(stop)) return 0;
        HashSet<string> taken = [.. marketplace.Cohort.Mentees.Select(mentee => mentee.Seller.Id), .. marketplace.Cohort.Mentors.Select(mentor => mentor.Seller.Id)];
        List<DemoSeller> others = [.. marketplace.Sellers.Where(seller => !taken.Contains(seller.Id) && seller.IsTradingOn(marketplace.AsOf) && marketplace.Listings(seller).Length > 0)];
        List<DemoSeller> newShops = [.. others.Where(seller => seller.SignedUpOn > marketplace.AsOf.AddDays(-150)).Take(menteeStates.Count)];
        List<DemoSeller> oldShops = [.. others.Where(seller => seller.SignedUpOn < marketplace.AsOf.AddDays(-700)).OrderByDescending(seller => seller.Temper.OrdersADay).Take(mentorStates.Count)];

        var made = 0;
        foreach (var (seller, state) in newShops.Zip(menteeStates)) made += await Apply(program, seller, Side.Mentee, Mentee(seller, made, isWhole: state != ApplicationState.Draft), state, made, stop);
        foreach (var (seller, state) in oldShops.Zip(mentorStates)) made += await Apply(program, seller, Side.Mentor, Mentor(seller, made, isWhole: state != ApplicationState.Draft), state, made, stop);
        made += await AcceptSome(program, marketplace, made, stop);
        await db.SaveChangesAsync(stop);
        return made;
    }

    async Task<int> Apply(ProgramFacts program, DemoSeller seller, Side side, ApplicationAnswers answers, ApplicationState state, int number, CancellationToken stop)
    {
        if (!(await sellers.IdsOf([seller.Id], stop)).TryGetValue(seller.Id, out var sellerId)) return 0;
        var sentAt = clock.GetUtcNow().AddDays(-1 - (number * 5 % 17)).AddHours(-number);
        var account = await accounts.Owner(seller, sellerId, sentAt);
        var application = Application.Start(program, new ShopActor(account.Id, sellerId, seller.OwnerName), side, sentAt.AddHours(-1));
        application.Say(answers);
        if (state != ApplicationState.Draft) application.Send(sentAt);
        switch (state)
        {
            case ApplicationState.Withdrawn: application.Withdraw(sentAt.AddHours(20)); break;
            case ApplicationState.Waiting: application.Decide(state, null, Actor.Product, sentAt.AddHours(9)); break;
            case ApplicationState.Declined:
                application.Decide(state, side == Side.Mentee ? "There are no photos in the shop yet. Add at least three to each listing, then apply again." : "Your shop has sold for less than nine months in a row. Apply again in spring.", Actor.Product, sentAt.AddHours(30));
                break;
            case ApplicationState.Accepted: await Accept(program, application, sellerId, sentAt, reasons[number % reasons.Length], stop); break;
        }

        db.Add(application);
        return 1;
    }

    /// <summary>The cohort came in by file, with its baselines, so the acceptance is written beside the place that is there.</summary>
    async Task Accept(ProgramFacts program, Application application, Guid sellerId, DateTimeOffset sentAt, string reason, CancellationToken stop)
    {
        var participant = await db.Set<Participant>().SingleAsync(p => p.ProgramId == program.Id && p.SellerId == sellerId, stop);
        application.Decide(ApplicationState.Accepted, null, Actor.Product, sentAt.AddHours(26));
        application.Place(TierProposal.Of(await Figures(sellerId, stop), application.Answers), TierProposal.Named(participant.AsMentee?.Tier), reason);
    }

    /// <summary>Accepts some of the cohort: most with the level of help that the rule proposed, as a manager mostly does, and the last one with another.</summary>
    async Task<int> AcceptSome(ProgramFacts program, DemoMarketplace marketplace, int made, CancellationToken stop)
    {
        List<DemoMentee> left = [.. marketplace.Cohort.Mentees];
        var accepted = 0;
        while (accepted < AcceptedMentees)
        {
            var number = made + accepted;
            DemoMentee? next = null;
            foreach (var mentee in left)
                if (await IsAsProposed(mentee, number, stop) == accepted < AcceptedMentees - 1) { next = mentee; break; }
            if (next is null) break;
            left.Remove(next);
            if (await Apply(program, next.Seller, Side.Mentee, Said(next, number), ApplicationState.Accepted, number, stop) == 0) break;
            accepted++;
        }

        return accepted;
    }

    async Task<bool> IsAsProposed(DemoMentee mentee, int number, CancellationToken stop) =>
        (await sellers.IdsOf([mentee.Seller.Id], stop)).TryGetValue(mentee.Seller.Id, out var id) && TierProposal.Named(mentee.Tier) == TierProposal.Of(await Figures(id, stop), Said(mentee, number)).Tier;

    async Task<SellerFigures?> Figures(Guid sellerId, CancellationToken stop) => await sellers.LastDay(stop) is { } day ? (await sellers.Figures([sellerId], day, stop)).GetValueOrDefault(sellerId) : null;

    /// <summary>Who came in by file had said the same in their application.</summary>
    static ApplicationAnswers Said(DemoMentee mentee, int number) => Mentee(mentee.Seller, number, isWhole: true) with
    {
        Skills = [.. mentee.Needs.OrderByDescending(need => need.Urgency).Take(2).Select(need => need.Skill)],
        TargetOrdersPerWeek = mentee.TargetOrdersPerWeek,
        Style = Third(mentee.Style),
        Contact = Third(mentee.Contact),
        Times = WeekParts.Of(Matching.WeekGrid.Parse(mentee.Week.ToString())),
    };

    /// <summary>As the question has it, which asks for one side, the other or both.</summary>
    static double Third(double share) => share > 1.0 / 3 ? 1 : share < -1.0 / 3 ? -1 : 0;

    static ApplicationAnswers Mentee(DemoSeller seller, int number, bool isWhole) => Shared(seller, number, new ApplicationAnswers
    {
        Categories = [seller.Category.Path],
        SawTheirShop = true,
        Skills = [Skill.All[number % Skill.All.Count].Id, Skill.All[(number + 3) % Skill.All.Count].Id],
        OwnWords = number % 3 == 0 ? "People look and don’t buy. I don’t know whether it is the price or the photos." : null,
        TargetOrdersPerWeek = isWhole ? 3 + (number % 4) : null,
    }, isWhole);

    static ApplicationAnswers Mentor(DemoSeller seller, int number, bool isWhole) => Shared(seller, number, new ApplicationAnswers
    {
        Skills = [.. Enumerable.Range(0, 3).Select(step => Skill.All[(number + (2 * step)) % Skill.All.Count].Id)],
        OwnWords = "Two shops near mine asked me about stock last year. I liked explaining it.",
        Places = isWhole ? 2 : null,
        Interests = isWhole ? seller.Brands.Length > 0 ? [new DeclaredInterest(InterestKind.BrandOwned, seller.Brands[0])] : [] : null,
    }, isWhole);

    static ApplicationAnswers Shared(DemoSeller seller, int number, ApplicationAnswers answers, bool isWhole) => !isWhole ? answers : answers with
    {
        Style = (number % 3) - 1,
        Contact = (number % 2) == 0 ? 1 : 0,
        Times = [.. Enumerable.Range(0, 2 + (number % 5)).Select(step => WeekParts.All[((number * 4) + (step * 5)) % WeekParts.All.Count]).Distinct()],
        TimeZone = seller.Place.TimeZone,
        Languages = [.. seller.Languages.Where(language => language.IsWorking).Select(language => language.Code)],
    };
}
