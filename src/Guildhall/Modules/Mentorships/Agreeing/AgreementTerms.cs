using System.Globalization;
using Guildhall.Modules.Enrollment;
using Guildhall.Platform;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Mentorships;

/// <summary>How a mentor and a mentee talk: through what, how fast they answer, when not, and how often they meet.</summary>
/// <param name="Channels">Of <see cref="AllChannels"/>, in its order.</param>
/// <param name="AnswerDays">Within how many days each answers the other.</param>
/// <param name="Rhythm">Of <see cref="AllRhythms"/>.</param>
public sealed record AgreementTerms(IReadOnlyList<string> Channels, int AnswerDays, string Rhythm, QuietHours Mentee, QuietHours Mentor)
{
    public static readonly IReadOnlyList<Choice> AllChannels = [new("mail", "Email"), new("chat", "Messages on the phone"), new("call", "Phone call"), new("video", "Video call")];
    public static readonly IReadOnlyList<Choice> AllAnswerDays = [new("1", "Within a day"), new("2", "Within 2 days"), new("3", "Within 3 days"), new("7", "Within a week")];
    public static readonly IReadOnlyList<Choice> AllRhythms = [new("weekly", "Every week"), new("fortnightly", "Every two weeks"), new("monthly", "Every month"), new("when-needed", "When one of us asks")];

    static readonly (TimeOnly From, TimeOnly To) usualNight = (new(21, 0), new(8, 0));

    /// <summary>What is proposed to two people who said how they like to be in contact, from −1, in writing, to 1, live. Nobody has agreed to it.</summary>
    public static AgreementTerms Suggested(IReadOnlyList<double> contacts, string menteeZone, string mentorZone)
    {
        var mean = contacts.Count > 0 ? contacts.Average() : 0;
        return new(mean > 0.3 ? ["call", "video"] : mean < -0.3 ? ["mail", "chat"] : ["mail", "video"], 2, "weekly", new(usualNight.From, usualNight.To, menteeZone), new(usualNight.From, usualNight.To, mentorZone));
    }

    public QuietHours QuietOf(Side side) => side == Side.Mentee ? Mentee : Mentor;

    public IReadOnlyList<(string Label, string Value)> Lines(string mentee, string mentor) =>
    [
        ("Channels", string.Join(", ", AllChannels.Where(channel => Channels.Contains(channel.Value)).Select(channel => channel.Label))),
        ("Answers", AllAnswerDays.FirstOrDefault(choice => choice.Value == AnswerDays.ToString(CultureInfo.InvariantCulture))?.Label ?? $"Within {AnswerDays} days"),
        ("Meetings", AllRhythms.FirstOrDefault(rhythm => rhythm.Value == Rhythm)?.Label ?? Rhythm),
        ($"Quiet hours of {mentee}", Mentee.Words),
        ($"Quiet hours of {mentor}", Mentor.Words),
    ];

    /// <summary>The terms as a form says them; what can't be read is refused at its field.</summary>
    public static AgreementTerms Read(FormFields form, string menteeZone, string mentorZone)
    {
        List<string> channels = [.. AllChannels.Select(channel => channel.Value).Intersect(form.Values("Channels", []))];
        if (channels.Count == 0) form.Refuse("Channels", "Tick at least one channel.");
        if (AllAnswerDays.All(choice => choice.Value != form.Text("AnswerDays"))) form.Refuse("AnswerDays", "Choose within how many days each of you answers.");
        if (AllRhythms.All(choice => choice.Value != form.Text("Rhythm"))) form.Refuse("Rhythm", "Choose how often you meet.");
        var (mentee, mentor) = (Quiet(form, "Mentee", menteeZone), Quiet(form, "Mentor", mentorZone));
        return new(channels, int.TryParse(form.Text("AnswerDays"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) ? days : 0, form.Text("Rhythm"), mentee, mentor);
    }

    static QuietHours Quiet(FormFields form, string whose, string zone) => new(Time(form, $"{whose}From"), Time(form, $"{whose}To"), zone);

    static TimeOnly Time(FormFields form, string field)
    {
        if (TimeOnly.TryParseExact(form.Text(field), ["HH:mm", "HH:mm:ss"], CultureInfo.InvariantCulture, DateTimeStyles.None, out var time)) return time;
        form.Refuse(field, "Enter the time as hours and minutes, such as 21:00.");
        return default;
    }

    // Lists are compared one by one: by itself a list equals only itself.
    public bool Equals(AgreementTerms? other) => other is not null && Channels.SequenceEqual(other.Channels) && (AnswerDays, Rhythm, Mentee, Mentor).Equals((other.AnswerDays, other.Rhythm, other.Mentee, other.Mentor));

    public override int GetHashCode() => HashCode.Combine(AnswerDays, Rhythm, Mentee, Mentor);
}
