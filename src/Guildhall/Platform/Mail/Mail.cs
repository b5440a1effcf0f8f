using Guildhall.Platform.Ui;

namespace Guildhall.Platform.Mail;

/// <summary>Whom a kind of mail tells of something.</summary>
[Flags]
public enum Readers
{
    /// <summary>It was asked for in this moment, or goes to people who may have no account: it stands on no page of notices.</summary>
    Nobody = 0,
    Mentees = 1,
    Mentors = 2,
    /// <summary>Those who run programs.</summary>
    Team = 4,
    Everybody = Mentees | Mentors | Team,
}

/// <summary>A sort of mail that a module sends, as people know it. Modules declare theirs in <see cref="IModule.MailKinds"/>.</summary>
/// <param name="Id">Stable, such as <c>sign-in-link</c>: stored with each mail, and with who doesn’t want it.</param>
/// <param name="Label">What the unsubscribe page and the administrators’ list call it: "Weekly digest".</param>
/// <param name="IsTransactional">The person asked for it or can’t do without it, such as a sign-in link: nobody can unsubscribe from it.</param>
public sealed record MailKind(string Id, string Label, bool IsTransactional)
{
    /// <summary>How many of it one address is sent in 24 hours where a use case asks <see cref="MailLimit"/>.</summary>
    public int MostADay { get; init; } = 5;

    /// <summary>Whom it is for: each mail of it is a notice on their pages too.</summary>
    public Readers For { get; init; }

    /// <summary>Nothing is lost when it comes with the digest of the next morning. What is about a time can’t wait.</summary>
    public bool CanWait { get; init; }

    /// <summary>It gathers notices, and is none.</summary>
    public bool IsDigest { get; init; }
}

/// <summary>What one person is to be told. Text and HTML are made from it by one template.</summary>
/// <param name="Subject">Stays readable in the administrators' list: no secret belongs in it.</param>
/// <param name="Action">The one thing to do; its address is a path on this site.</param>
/// <param name="Calendar">What the reader’s calendar program takes in; null in most.</param>
public sealed record Mail(MailKind Kind, string To, string Subject, IReadOnlyList<string> Paragraphs, Link? Action = null, CalendarPart? Calendar = null)
{
    /// <summary>Whom the subject names, if anybody. A notice keeps who that is, and is read with the name that they have then.</summary>
    public NamedPerson? About { get; init; }

    /// <summary>It tells its reader of what they did themselves, such as an invitation for their own calendar: among their notices it stands as read.</summary>
    public bool IsOwnDeed { get; init; }

    /// <summary>When it is too late to be told: quiet hours that last as long don’t hold it up. Null where there is no such time.</summary>
    public DateTimeOffset? UsefulUntil { get; init; }
}

/// <summary>Somebody by the name that a subject calls them.</summary>
public sealed record NamedPerson(Guid ParticipantId, string Name);

/// <summary>An invitation to a meeting, or its end, for the reader’s calendar program (RFC 6047).</summary>
/// <param name="Method">REQUEST or CANCEL (RFC 5546).</param>
/// <param name="Lines">The lines of the iCalendar object as <see cref="CalendarText"/> makes them. Folded when the mail is sent: names in them are looked for while it is stored.</param>
public sealed record CalendarPart(string Method, IReadOnlyList<string> Lines);
