using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Experiments;
using Guildhall.Modules.Programs;
using Guildhall.Platform;
using Guildhall.Platform.Database;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>Who is matched with whom, and why: rules, runs, reasons and proposals.</summary>
sealed class PairingModule : IModule
{
    public IEnumerable<MailKind> MailKinds => [PairMail.Kind];

    public IEnumerable<Job> Jobs =>
    [
        Job.Of<HoldPairs>("hold-pairs", Schedule.EveryMinute, (hold, stop) => hold.Run(stop)),
        Job.Of<ExpirePairs>("expire-pairs", Schedule.EveryMinute, (expire, stop) => expire.RunAll(stop)),
        Job.Of<OfferNextBest>("offer-next-best", Schedule.EveryMinute, (offer, stop) => offer.RunAll(stop)),
        Job.Of<LearnFromPairs>("learn-from-pairs", Schedule.Every(TimeSpan.FromSeconds(10)), (learn, stop) => learn.RunAll(stop)),
    ];

    public IEnumerable<Place> Places =>
    [
        new("Run", 10, "Matching", "match", "/manage/{program}/matching", InBottomBar: true),
        new("Run", 11, "Pairs", "swap", "/manage/{program}/pairs", InBottomBar: true),
        new("Run", 16, "Find mentors", "award", "/manage/{program}/mentors/find"),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddSingleton<OpenMatches>().AddSingleton<KnownFigures>()
        .AddScoped<IHoldParticipants, ApprovedPairs>().AddScoped<IKnowRounds, RoundOfMatching>().AddScoped<IAwaitSellers, PairsAwaitSellers>().AddScoped<IKnowPairs, PairsOfSellers>().AddScoped<IForgetPeople, ForgetInRuns>().AddScoped<IFindInDocuments, ForgetInRuns>()
        .AddScoped<PairPeople>().AddScoped<PairMail>().AddScoped<PairEvents>().AddScoped<ReadMatch>().AddScoped<AnswerMatch>().AddScoped<MatchPages>().AddScoped<PairList>().AddScoped<WithdrawPair>().AddScoped<PairConflicts>().AddScoped<HoldPairs>().AddScoped<IHearOfInterests>(services => services.GetRequiredService<HoldPairs>())
        .AddScoped<ExpirePairs>().AddScoped<NextBest>().AddScoped<OfferNextBest>()
        .AddScoped(services => new EndPair(services.GetRequiredService<GuildhallDb>(), services.GetRequiredService<PairEvents>(), services.GetRequiredService<TimeProvider>()))
        .AddScoped(services => new OtherMentors(
            services.GetRequiredService<GuildhallDb>(), services.GetRequiredService<ProgramLookup>(), services.GetRequiredService<NextBest>(), services.GetRequiredService<PairPeople>(), services.GetRequiredService<PairMail>(), services.GetRequiredService<TimeProvider>()))
        .AddScoped<OtherPrograms>().AddScoped<MatchPool>().AddScoped<CurrentRules>().AddScoped<PeopleNames>()
        .AddScoped<RunMatching>().AddScoped<SteerMatching>().AddScoped<SteerAndRun>().AddScoped<RestoreSettings>().AddScoped<ChoosePairs>().AddScoped<ApproveRun>()
        .AddScoped<ReadStudio>().AddScoped<Studio>().AddScoped<SendScreen>().AddScoped<RunHistory>().AddScoped<MenteeChoices>().AddScoped<RecalibrationScreen>().AddScoped<FindMentors>().AddScoped<PairLookup>().AddScoped<EditRules>().AddScoped<ExplainMatching>()
        .AddScoped<GatherOutcomes>().AddScoped<AskLearning>().AddScoped<LearnFromPairs>().AddScoped<ApproveWeights>().AddScoped<LearningScreen>();

    public void MapTables(ModelBuilder model) => PairingTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        ExplainMatching.Map(routes);
        PairingRoutes.Map(routes);
        MatchPages.Map(routes);
        PairRoutes.Map(routes);
    }
}
