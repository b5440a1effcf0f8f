using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Sessions;

/// <summary>The tables of Sessions: sessions with their changes, what was said of them and what was written down, who is busy when, mentors' calendars and days off, addresses of feeds, and reminders that were sent.</summary>
static class SessionsTables
{
    const string Schema = "sessions";

    public static void Map(ModelBuilder model)
    {
        model.Entity<Session>(session => { session.ToTable("session", Schema); Session.Map(session); });
        model.Entity<SessionChange>(change => { change.ToTable("session_change", Schema); SessionChange.Map(change); });
        model.Entity<Busy>(busy => { busy.ToTable("busy", Schema); Busy.Map(busy); });
        model.Entity<Statement>(statement => { statement.ToTable("statement", Schema); Statement.Map(statement); });
        model.Entity<SessionNote>(note => { note.ToTable("session_note", Schema); SessionNote.Map(note); });
        model.Entity<PrivateNote>(note => { note.ToTable("private_note", Schema); PrivateNote.Map(note); });
        model.Entity<Feedback>(feedback => { feedback.ToTable("feedback", Schema); Feedback.Map(feedback); });
        model.Entity<MentorCalendar>(calendar => { calendar.ToTable("mentor_calendar", Schema); MentorCalendar.Map(calendar); });
        model.Entity<TimeOff>(off => { off.ToTable("time_off", Schema); TimeOff.Map(off); });
        model.Entity<CalendarFeed>(feed => { feed.ToTable("calendar_feed", Schema); CalendarFeed.Map(feed); });
        model.Entity<Reminder>(reminder => { reminder.ToTable("reminder", Schema); Reminder.Map(reminder); });
    }
}
