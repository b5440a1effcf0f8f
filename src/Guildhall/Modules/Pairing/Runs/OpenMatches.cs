using Guildhall.Matching;
using Guildhall.Platform.Database;
using Microsoft.EntityFrameworkCore;

namespace Guildhall.Modules.Pairing;

/// <summary>
/// A stored run opened for reading and for what-if questions. A run never changes once stored, so the last few stay open in memory;
/// any node opens any run from its stored input, and the matcher gives every node the same answers.
/// </summary>
sealed class OpenMatches(IServiceScopeFactory scopes)
{
    // Measured on the heap: a run of 832 × 63 with its scores and reasons takes 1.6 MB, one of 1,000 × 200 takes 4.5 MB. Scores are 8 bytes a pair.
    const int RunsKept = 6;

    // The last looked at first. A memory cache with a size limit would turn the newest run away while it is full.
    readonly List<(Guid RunId, OpenMatch Match)> open = [];
    readonly Lock opening = new();

    /// <summary>The run's result and the match it came from, or null when there is no such run.</summary>
    public async Task<OpenMatch?> Open(Guid runId, CancellationToken stop)
    {
        if (Kept(runId) is { } kept) return kept;

        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<GuildhallDb>();
        var stored = await db.Set<CompletedRun>().AsNoTracking().SingleOrDefaultAsync(run => run.Id == runId, stop);
        return stored is null ? null : Keep(runId, new OpenMatch(stored.ReadInput(), stored.ReadResult()));
    }

    public OpenMatch Keep(Guid runId, OpenMatch match)
    {
        lock (opening)
        {
            open.RemoveAll(run => run.RunId == runId);
            open.Insert(0, (runId, match));
            if (open.Count > RunsKept) open.RemoveAt(RunsKept);
        }

        return match;
    }

    /// <summary>What is worked out already of what a run's rules cost and which mentors are short; null when this node would have to begin.</summary>
    public RunInsights? Known(Guid runId)
    {
        lock (opening) return open.Find(run => run.RunId == runId).Match?.Known;
    }

    OpenMatch? Kept(Guid runId)
    {
        lock (opening) return open.Find(run => run.RunId == runId).Match is { } match ? Keep(runId, match) : null;
    }
}

/// <summary>A run's input and result, and the prepared match behind them, made when the first what-if question is asked.</summary>
sealed class OpenMatch
{
    readonly Lazy<PreparedMatch> prepared;
    readonly Lazy<Dictionary<string, MenteeProfile>> mentees;
    readonly Lazy<Dictionary<string, MentorProfile>> mentors;
    readonly Lock asking = new();

    /// <summary>A stored run.</summary>
    public OpenMatch(MatchInput input, MatchRun run) =>
        (Input, Run, prepared, mentees, mentors) =
            (input, run, new(() => Matcher.Prepare(input, CancellationToken.None).Required), new(() => input.Mentees.ToDictionary(mentee => mentee.Id)), new(() => input.Mentors.ToDictionary(mentor => mentor.Id)));

    /// <summary>A run that was just made.</summary>
    public OpenMatch(PreparedMatch match) : this(match.Input, match.Run()) => prepared = new(match);

    public MatchInput Input { get; }

    public MatchRun Run { get; }

    public PreparedMatch Prepared => prepared.Value;

    public MenteeProfile? Mentee(string id) => mentees.Value.GetValueOrDefault(id);

    public MentorProfile? Mentor(string id) => mentors.Value.GetValueOrDefault(id);

    /// <summary>Why a mentee has no mentor: the rule that stands against most, and the ones against the rest by name.</summary>
    public string Reason(UnmatchedMentee unmatched) => ReasonWords.Reason(unmatched, this, mentees.Value[unmatched.MenteeId]);

    /// <summary>A mentor whom nothing but conflicts of interest keeps from a mentee without one, so that a waiver would let them be paired; and the first of these. Null where there is none.</summary>
    public (string MentorId, Rule Conflict)? Waivable(UnmatchedMentee unmatched)
    {
        if (unmatched.Rule is null || !unmatched.Removed.Any(removed => RuleSetting.IsConflictOfInterest(removed.Rule))) return null;
        var mentor = Input.Mentors.Select(one => (one.Id, Blocks: Prepared.WhyNot(unmatched.MenteeId, one.Id).Blocks)).FirstOrDefault(one => IsWaivable(one.Blocks));
        return mentor.Id is null ? null : (mentor.Id, mentor.Blocks[0]);
    }

    public static bool IsWaivable(IReadOnlyList<Rule> blocks) => blocks.Count > 0 && blocks.All(RuleSetting.IsConflictOfInterest);

    /// <summary>What is worked out so far of what rules cost and which mentors are short; null until somebody asked.</summary>
    public RunInsights? Known { get; private set; }

    /// <summary>What is known, and as much more as can be worked out in the time that a page may wait.</summary>
    public RunInsights Insights(CancellationToken stop, TimeSpan? timeGiven = null)
    {
        lock (asking) return Known is { IsWhole: true } whole ? whole : Known = RunInsights.Of(Prepared, Run, Known, timeGiven ?? RunInsights.TimeGiven, stop);
    }
}
