using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Pairing;
using Guildhall.Platform;
using Guildhall.Platform.Access;
using Guildhall.Platform.Events;
using Guildhall.Platform.Jobs;
using Guildhall.Platform.Mail;
using Guildhall.Platform.Privacy;
using Guildhall.Platform.Ui;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>How a mentor and a mentee find a time, meet, and say whether they met.</summary>
sealed class SessionsModule : IModule
{
    public IEnumerable<Place> Places =>
    [
        new("Main", 30, "Sessions", "cal", "/me/sessions", InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Me),
        new("Main", 30, "Calendar", "cal", MentorCalendarPages.Root, InBottomBar: true, OpenTo: AccessTable.TakePart, Area: Area.Mentor),
    ];

    public IEnumerable<Job> Jobs =>
    [
        Job.Of<RemindOfSessions>("remind-of-sessions", Schedule.EveryMinute, (remind, stop) => remind.Run(stop)),
        Job.Of<KeepWallTimes>("keep-wall-times", Schedule.Every(TimeSpan.FromHours(1)), (keep, stop) => keep.Run(stop)),
    ];

    public IEnumerable<MailKind> MailKinds => [TellOfSession.Kind, RemindOfSessions.Kind, WriteNote.Kind];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<PairsThatBook>().AddScoped<ReadTimes>().AddScoped<BookSession>().AddScoped<ChangeSession>().AddScoped<PrepareSession>().AddScoped<SayOutcome>()
        .AddScoped<SessionPeople>().AddScoped<TellOfSession>().AddScoped<ReadSessions>().AddScoped<PrepareBrief>().AddScoped<SessionPages>().AddScoped<TimePages>().AddScoped<MentorCalendarPages>().AddScoped<IAddToHome, SessionsOnHome>()
        .AddScoped<WriteNote>().AddScoped<ReadNotes>().AddScoped<GiveFeedback>().AddScoped<ReadFeedback>().AddScoped<IKnowConcerns, ReadFeedback>().AddScoped<IKnowContacts, SessionContacts>().AddScoped<IAddToPair, ConcernsOfPair>().AddScoped<ConcernsOfPair>().AddScoped<IKnowConcerns, DisputedSessions>().AddScoped<IAddToPair, DisputedSessions>()
        .AddScoped<ChangeFeed>().AddScoped<ReadFeed>().AddScoped<CancelAhead>().AddScoped<IForgetPeople, ForgetSessions>().Handles<PairEnded, WhenPairEnded>("sessions.pair-ended").AddScoped<IKeepForAWhile, KeepSessionWords>()
        .AddScoped<KeepWallTimes>().AddScoped<RemindOfSessions>();

    public void MapTables(ModelBuilder model) => SessionsTables.Map(model);

    public void MapRoutes(IEndpointRouteBuilder routes)
    {
        SessionRoutes.Map(routes);
        NoteRoutes.Map(routes);
        ConcernsOfPair.Map(routes);
        MentorCalendarPages.Map(routes);
        ReadFeed.Map(routes);
    }
}
