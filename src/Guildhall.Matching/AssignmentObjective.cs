using System.Text.Json.Serialization;

namespace Guildhall.Matching;

/// <summary>What an assignment makes as great as it can.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<AssignmentObjective>))]
public enum AssignmentObjective
{
    /// <summary>
    /// The lexicographically greatest numbers of matched mentees by priority class (class 7 first, then 6, … 0), and among
    /// those the greatest total score. The number matched is then the greatest possible too: the sets of mentees that can be
    /// matched together form a matroid, in which a greedy choice by class always ends at a largest set.
    /// </summary>
    MatchedFirst,

    /// <summary>The greatest total score, whatever number of mentees that matches. Priorities have no effect.</summary>
    Score,
}
