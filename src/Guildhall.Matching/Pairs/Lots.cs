namespace Guildhall.Matching;

/// <summary>
/// What a draw takes off each pair's score, so that chance decides between pairs that are nearly as good: evenly from 0 to the points that count as no difference, in whole
/// millionths. It hangs on the seed, the number of the draw and the two ids alone, and so is the same on any machine and in any order of the input.
/// </summary>
sealed class Lots : IHandicap
{
    readonly ulong[] mentees, mentors;
    readonly ulong values;

    /// <summary>The lots of one draw.</summary>
    /// <param name="people">Everybody of the match.</param>
    /// <param name="seed">The run's seed.</param>
    /// <param name="ties">What counts as a near tie.</param>
    /// <param name="draw">0 for the draw that is used, 1, 2, 3… for those that odds are counted from.</param>
    public Lots(ProfileColumns people, long seed, NearTies ties, int draw)
    {
        // Two streams of seeds, so that a mentee and a mentor of one id don't share a key.
        var ofDraw = unchecked((long)AssignmentInstance.Mix((ulong)seed + (ulong)(2 * (long)draw) * 0x9e3779b97f4a7c15));
        mentees = Array.ConvertAll(people.Mentees, mentee => AssignmentInstance.Order(ofDraw, mentee.Id));
        mentors = Array.ConvertAll(people.Mentors, mentor => AssignmentInstance.Order(~ofDraw, mentor.Id));
        values = (ulong)Math.Round(ties.Points * (AssignmentProblem.MaxScore / 100)) + 1;
    }

    /// <summary>A pair's score less its lot, at least one millionth.</summary>
    public int Of(int i, int j, int score)
    {
        var lot = (int)Math.BigMul(AssignmentInstance.Mix(mentees[i] ^ ulong.RotateLeft(mentors[j], 32)), values, out _);
        return Math.Max(1, score - lot);
    }
}
