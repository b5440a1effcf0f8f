using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Mentorships;

/// <summary>The working relationship of a mentor and a mentee: the mentee's plan, what the mentor may see of it, how the two talk, and what they want to reach.</summary>
sealed class MentorshipsModule : IModule
{
    public IEnumerable<Place> Places =>
    [
        new("Run", 5, "Overview", "home", "/manage/{program}", InBottomBar: true),
        new("Main", 20, "Plan", "flag", PlanRoutes.Root, InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Me),
        new("Main", 20, "Mentees", "match", MenteeRoutes.Root, InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Mentor),
        new("Main", 40, "Progress", "chart", ReadProgress.Path, InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Me),
        new("Main", 60, "Messages", "inbox", TalkRoutes.Root(Side.Mentee), OpenTo: AccessTable.TakePart, Area: Area.Me),
        new("Main", 60, "Messages", "inbox", TalkRoutes.Root(Side.Mentor), OpenTo: AccessTable.TakePart, Area: Area.Mentor),
        new("Run", 12, "Reports", "flag", ReportRoutes.Root),
        new(null, 80, "Settings", "gear", "/me/settings", OpenTo: AccessTable.TakePart, Area: Area.Me),
        new(null, 80, "Settings", "gear", "/mentor/settings", OpenTo: AccessTable.TakePart, Area: Area.Mentor),
    ];

    public IEnumerable<Job> Jobs =>
    [
        Job.Of<CheckPlans>("check-plans", Schedule.Every(TimeSpan.FromSeconds(30)), (check, stop) => check.RunAfterImport(stop)),
        Job.Of<EndOverdue>("end-overdue-mentorships", Schedule.Every(TimeSpan.FromMinutes(5)), (end, stop) => end.RunAll(stop)),
        Job.Of<TellOfMessages>("tell-of-messages", Schedule.Every(TimeSpan.FromSeconds(30)), (tell, stop) => tell.RunAll(stop)),
        Job.Of<KeepMilestones>("keep-milestones", Schedule.Every(TimeSpan.FromSeconds(30)), (keep, stop) => keep.Run(stop)),
        Job.Of<NudgePairs>("nudge-pairs", Schedule.Daily(9, 0, TimeZoneInfo.Utc), (nudge, stop) => nudge.Run(stop)),
    ];

    public IEnumerable<MailKind> MailKinds => [AgreementMail.Kind, MentorshipMail.Kind, NudgePairs.Kind, TellOfMessages.Kind, ReportMessage.Kind];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<BeginMentorship>().AddScoped<IHearOfPairs>(services => services.GetRequiredService<BeginMentorship>()).AddScoped<MentorshipMail>().AddScoped<ChangeMentorship>().AddScoped<ReadMentorship>().AddScoped<MentorshipRoutes>().AddScoped<EndOverdue>()
        .AddScoped<MentorshipLookup>().AddScoped<ReadHealth>().AddScoped<NudgePairs>().AddScoped<Overview>().AddScoped<PairPages>().AddScoped<IForgetPeople, ForgetMentorships>()
        .AddScoped<ReadPlan>().AddScoped<TickStep>().AddScoped<CheckPlans>().AddSingleton<CheckedEdition<CheckPlans>>()
        .AddScoped<ReadProgress>().AddScoped<ReadMentee>().AddScoped<ReadFigures>().AddScoped<IBriefPairs, ReadBrief>().AddScoped<PairNames>().AddScoped<ReadAgreement>().AddScoped<AgreementMail>().AddScoped<ChangeAgreement>()
        .AddScoped<OpenThread>().AddScoped<ReadThread>().AddScoped<SendMessage>().AddScoped<ChangeThread>().AddScoped<TalkRoutes>().AddScoped<TalkLookup>().AddScoped<ICountForRail, MessagesInRail>().AddScoped<TellOfMessages>().AddScoped<MessageContacts>().AddScoped<IKnowContacts>(services => services.GetRequiredService<MessageContacts>()).AddScoped<IKnowConcerns>(services => services.GetRequiredService<MessageContacts>())
        .AddScoped<ReportMessage>().AddScoped<ReadReports>().AddScoped<ICountForRail>(services => services.GetRequiredService<ReadReports>()).AddScoped<DecideReport>().AddScoped<ReportRoutes>()
        .AddScoped<ReadActions>().AddScoped<ChangeActions>().AddScoped<ActionRoutes>().AddScoped<IAddToHome, ActionsOnHome>()
        .AddScoped<ReadMilestone>().AddScoped<ChangeMilestone>().AddScoped<MilestoneRoutes>().AddScoped<WorkOutMilestones>().AddScoped<CheckMilestones>().AddScoped<KeepMilestones>().AddSingleton<CheckedEdition<KeepMilestones>>()
        .AddScoped<IKnowOpenSteps, OpenSteps>().AddScoped<IAddToHome, PlanOnHome>().AddScoped<IAddToHome, PairsOnHome>().AddScoped<IAddToHome, ProgressOnHome>().AddScoped<MenteeGlance>();

    public void MapTables(ModelBuilder model) => MentorshipsTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        MentorshipRoutes.Map(routes);
        Overview.Map(routes);
        PairPages.Map(routes);
        PlanRoutes.Map(routes);
        ReadProgress.Map(routes);
        SettingsRoutes.Map(routes);
        MenteeRoutes.Map(routes);
        AgreementRoutes.Map(routes);
        TalkRoutes.Map(routes);
        ReportRoutes.Map(routes);
        ActionRoutes.Map(routes);
        MilestoneRoutes.Map(routes);
    }
}
