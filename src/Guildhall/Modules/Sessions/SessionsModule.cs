using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Platform;
using Guildhall.Platform.Access;
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

    public IEnumerable<MailKind> MailKinds => [TellOfSession.Kind, RemindOfSessions.Kind, WriteNote.Kind];

    public void AddServices(IServiceCollection services) => services
        .AddScoped<PairsThatBook>().AddScoped<ReadTimes>().AddScoped<BookSession>().AddScoped<ChangeSession>().AddScoped<PrepareSession>().AddScoped<SayOutcome>()
        .AddScoped<SessionPeople>().AddScoped<TellOfSession>().AddScoped<ReadSessions>().AddScoped<SessionPages>().AddScoped<TimePages>().AddScoped<MentorCalendarPages>().AddScoped<IAddToHome, SessionsOnHome>()
        .AddScoped<WriteNote>().AddScoped<ReadNotes>().AddScoped<GiveFeedback>().AddScoped<ReadFeedback>().AddScoped<IKnowConcerns, ReadFeedback>().AddScoped<IKnowContacts, SessionContacts>().AddScoped<IAddToPair, ConcernsOfPair>().AddScoped<ConcernsOfPair>()
        .AddScoped<ChangeFeed>().AddScoped<ReadFeed>().AddScoped<IForgetPeople, ForgetSessions>()
        .AddScoped<RemindOfSessions>().AddHostedService<ReminderWorker>();

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
