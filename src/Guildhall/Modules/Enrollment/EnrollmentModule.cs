using Guildhall.Modules.People;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Database;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Enrollment;

/// <summary>Who takes part in a program, on which side, and what they said of themselves.</summary>
sealed class EnrollmentModule : IModule
{
    public IEnumerable<MailKind> MailKinds => [ApplicationMail.Kind, TellOfWelcome.Kind, InviteStandings.Kind, TrialMail.Kind];

    public IEnumerable<Job> Jobs =>
    [
        Job.Of<TellOfWelcome>("tell-of-welcome", Schedule.EveryMinute, (tell, stop) => tell.Run(stop)),
        Job.Of<EndTrials>("end-trials", Schedule.EveryMinute, (end, stop) => end.Run(stop)),
    ];

    public IEnumerable<Place> Places =>
    [
        new("Run", 12, "Applications", "list", "/manage/{program}/applications", InBottomBar: true),
        new("Run", 13, "Free trials", "flag", "/manage/{program}/trials", OpenTo: AccessTable.RunTrials),
        new("Run", 15, "People", "inbox", "/manage/{program}/people", InBottomBar: true),
        new("Main", 10, "Home", "home", "/me", InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Me),
        new("Main", 10, "Home", "home", "/mentor", InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Mentor),
        new("Main", 60, "Charter", "award", "/me/charter", OpenTo: AccessTable.TakePart, Area: Area.Me),
        new("Main", 60, "Charter", "award", "/mentor/charter", OpenTo: AccessTable.TakePart, Area: Area.Mentor),
    ];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<EnrollmentLookup>().AddScoped<ParticipantList>().AddScoped<ParticipantScreen>()
        .AddScoped(services => new AddFromFinder(
            services.GetRequiredService<GuildhallDb>(), services.GetRequiredService<ProgramLookup>(), services.GetRequiredService<SellerLookup>(), services.GetRequiredService<FreezeBaselines>(), services.GetRequiredService<TimeProvider>()))
        .AddScoped<InviteStandings>().AddScoped<InviteMentors>().AddScoped<BringInParticipants>().AddScoped<ChangeParticipant>().AddScoped<MoveParticipants>().AddScoped<AudienceMap>().AddScoped<AssumeProfiles>()
        .AddScoped<ReadApplicantScene>().AddScoped<Apply>().AddScoped<ApplyPages>().AddScoped<WaitingList>().AddScoped<SaidToMentors>().AddScoped<MyPrograms>()
        .AddScoped<SignCharter>().AddScoped<MyCharter>().AddScoped<Certify>().AddScoped<ApplicationMail>().AddScoped<ApplicationList>().AddScoped<TierSpread>().AddScoped<ApplicationScreen>().AddScoped<DecideApplication>().AddScoped<ReviewMentor>()
        .AddScoped<OwnClock>().AddScoped<OwnSeats>().AddScoped<OwnPlace>().AddScoped<MentorPlaces>().AddScoped<ShowWelcome>().AddScoped<TellOfWelcome>()
        .AddScoped<OfferTrial>().AddScoped<PickTips>().AddScoped<StartTrial>().AddScoped<ChooseSession>().AddScoped<ChangeTrial>().AddScoped<ReadSummary>().AddScoped<ReadMyTrial>().AddScoped<MyTrialPages>().AddScoped<IAddToHome, TrialsOnHome>()
        .AddScoped<TrialMail>().AddScoped<RunTrialSessions>().AddScoped<TrialList>().AddScoped<TrialSessionList>().AddScoped<ManageTrialPages>().AddScoped<EndTrials>()
        .AddScoped<ReadBaseline>().AddScoped<FreezeBaselines>().AddScoped<IHearOfDays, CorrectBaselines>().AddScoped<IKnowMentors, ShopSides>().AddScoped<IFollowNames, FollowNames>().AddScoped<IKnowWhoTakesPart, ExpectMentees>()
        .AddScoped<IForgetPeople, ForgetParticipation>().AddScoped<IKeepForAWhile, KeepApplications>();

    public void MapTables(ModelBuilder model) => EnrollmentTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        EnrollmentRoutes.Map(routes);
        ApplyRoutes.Map(routes);
        MyPrograms.Map(routes);
        ShowWelcome.Map(routes);
        MyCharter.Map(routes);
        OwnPlace.Map(routes);
        Certify.Map(routes);
        ApplicationRoutes.Map(routes);
        MyTrialRoutes.Map(routes);
        ManageTrialRoutes.Map(routes);
    }
}
