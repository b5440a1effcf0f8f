using System.Security.Cryptography;
using System.Text;
using Guildhall.Modules.Enrollment;

namespace Guildhall.Browser.Tests.Weeks;

/// <summary>Somebody who takes part, with a way in of their own.</summary>
/// <param name="Key">The marketplace's id of the shop: chance is drawn from it, so that another order of the same people changes nothing.</param>
sealed record Person(string Key, string Name, string Email, Guid SellerId, Side Side, Desk Desk)
{
    public string Root => Side == Side.Mentee ? "/me" : "/mentor";

    /// <summary>The page of the other one, once the two are a pair.</summary>
    public string MentorshipRoot => Side == Side.Mentee ? "/me/mentor" : "/mentor/mentees";

    /// <summary>How much somebody does of what they mean to do, from 0.3 to 1.</summary>
    public double Care { get; } = 0.3 + 0.7 * Chances.Of("care", Key).NextDouble();
}

/// <summary>Chance that is the same in every run.</summary>
static class Chances
{
    const string Seed = "twelve weeks";

    public static Random Of(params string[] about) => new(BitConverter.ToInt32(SHA256.HashData(Encoding.UTF8.GetBytes($"{Seed}/{string.Join('/', about)}"))));

    public static bool Happens(this Random chance, double probability) => chance.NextDouble() < probability;

    public static T Any<T>(this Random chance, IReadOnlyList<T> choices) => choices[chance.Next(choices.Count)];
}

/// <summary>A session as the two of a pair know it.</summary>
sealed class Meeting(Guid id, DateTimeOffset startsAt)
{
    public static readonly TimeSpan Length = TimeSpan.FromMinutes(45);

    public Guid Id => id;
    public DateTimeOffset StartsAt { get; set; } = startsAt;
    public DateTimeOffset EndsAt => StartsAt + Length;

    /// <summary>The version that the pages show.</summary>
    public int Version { get; set; }
    public bool IsCancelled { get; set; }
}

/// <summary>A pair from the second acceptance on, as the two know it: what the other one or the team did, they find out by mail or by a refusal.</summary>
sealed class Couple(Guid id, Person mentee, Person mentor, DateTimeOffset since)
{
    public Guid Id => id;
    public Person Mentee => mentee;
    public Person Mentor => mentor;
    public DateTimeOffset Since => since;
    public Random Chance { get; } = Chances.Of("life", mentee.Key, mentor.Key);
    public double Care { get; } = Chances.Of("care", mentee.Key, mentor.Key) is var chance && chance.Happens(0.1) ? 0.05 : Math.Sqrt(mentee.Care * mentor.Care);

    /// <summary>One in fourteen finds in the trial that it is not the right one.</summary>
    public bool Suits { get; } = !Chances.Of("suits", mentee.Key, mentor.Key).Happens(0.07);
    public HashSet<Side> Kept { get; } = [];
    public bool HasProposed { get; set; }
    public bool IsOver { get; set; }
    public DateTimeOffset? ResumesAt { get; set; }
    public Meeting? Next { get; set; }
    public DateTimeOffset? LastMet { get; set; }

    public Person On(Side side) => side == Side.Mentee ? mentee : mentor;

    public Person Either() => Chance.Happens(0.5) ? mentee : mentor;
}
