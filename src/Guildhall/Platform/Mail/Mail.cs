using Guildhall.Platform.Ui;

namespace Guildhall.Platform.Mail;

/// <summary>A sort of mail that a module sends, as people know it. Modules declare theirs in <see cref="IModule.MailKinds"/>.</summary>
/// <param name="Id">Stable, such as <c>sign-in-link</c>: stored with each mail, and with who doesn’t want it.</param>
/// <param name="Label">What the unsubscribe page and the administrators’ list call it: "Weekly digest".</param>
/// <param name="IsTransactional">The person asked for it or can’t do without it, such as a sign-in link: nobody can unsubscribe from it.</param>
public sealed record MailKind(string Id, string Label, bool IsTransactional)
{
    /// <summary>How many of it one address is sent in 24 hours where a use case asks <see cref="MailLimit"/>.</summary>
    public int MostADay { get; init; } = 5;
}

/// <summary>What one person is to be told. Text and HTML are made from it by one template.</summary>
/// <param name="Subject">Stays readable in the administrators' list: no secret belongs in it.</param>
/// <param name="Action">The one thing to do; its address is a path on this site.</param>
/// <param name="Calendar">What the reader’s calendar program takes in; null in most.</param>
public sealed record Mail(MailKind Kind, string To, string Subject, IReadOnlyList<string> Paragraphs, Link? Action = null, CalendarPart? Calendar = null);

/// <summary>An invitation to a meeting, or its end, for the reader’s calendar program (RFC 6047).</summary>
/// <param name="Method">REQUEST or CANCEL (RFC 5546).</param>
/// <param name="Lines">The lines of the iCalendar object as <see cref="CalendarText"/> makes them. Folded when the mail is sent: names in them are looked for while it is stored.</param>
public sealed record CalendarPart(string Method, IReadOnlyList<string> Lines);
