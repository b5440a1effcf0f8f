namespace Guildhall.Evidence;

/// <summary>The pace within sets: one mentored seller and its controls are at risk together, and with nobody else.</summary>
static class SetPace
{
    const int MostSteps = 50;
    // A ratio of 20,000 is no estimate: it happened on one side alone.
    const double Endless = 10;

    public static Estimate? Estimate(IReadOnlyList<FollowedCopy> mentored, IReadOnlyList<FollowedCopy> others)
    {
        var controls = others.ToLookup(copy => copy.Set);
        var sets = mentored.Select(copy => new RiskSet(copy, [.. controls[copy.Set]])).ToList();
        var beta = 0.0;
        for (var step = 0; step < MostSteps; step++)
        {
            var (score, information) = sets.Select(set => set.At(beta)).Aggregate((Score: 0.0, Information: 0.0), (sum, of) => (sum.Score + of.Score, sum.Information + of.Information));
            if (!(information > 1e-12) || Math.Abs(beta) > Endless) return null;
            var change = Math.Clamp(score / information, -1, 1);
            beta += change;
            if (Math.Abs(change) < 1e-12) return new(beta, FollowedCopy.ErrorOf([.. sets.SelectMany(set => set.Influences(beta)).Select(one => (one.Copy.Set, one.Copy.Cluster, one.Influence / information))], sets.Count));
        }

        return null;
    }

    sealed class RiskSet
    {
        readonly List<(FollowedCopy Copy, bool IsMentored)> members;

        /// <summary>When it happened to somebody, to how many, and how many controls were at risk, with the mentored seller or without.</summary>
        readonly List<(double At, int Happened, bool IsMentoredThere, int Controls)> times;

        public RiskSet(FollowedCopy mentored, FollowedCopy[] controls)
        {
            members = [(mentored, true), .. controls.Select(copy => (copy, false))];
            times = [.. members.Where(one => one.Copy.Happened).Select(one => one.Copy.Time).Distinct().Order().Select(at => (at, members.Count(one => one.Copy.Happened && one.Copy.Time == at), mentored.Time >= at, controls.Count(copy => copy.Time >= at)))];
        }

        static double Share((double At, int Happened, bool IsMentoredThere, int Controls) time, double beta) => time.IsMentoredThere ? Math.Exp(beta) / (Math.Exp(beta) + time.Controls) : 0;

        public (double Score, double Information) At(double beta)
        {
            var mentored = members[0].Copy;
            var score = mentored.Happened ? 1.0 : 0;
            var information = 0.0;
            foreach (var time in times)
            {
                var share = Share(time, beta);
                score -= time.Happened * share;
                information += time.Happened * share * (1 - share);
            }

            return (score, information);
        }

        public IEnumerable<(FollowedCopy Copy, double Influence)> Influences(double beta)
        {
            foreach (var (copy, isMentored) in members)
            {
                var sum = 0.0;
                foreach (var time in times.TakeWhile(time => time.At <= copy.Time))
                {
                    var less = (isMentored ? 1 : 0) - Share(time, beta);
                    var atRisk = (time.IsMentoredThere ? Math.Exp(beta) : 0) + time.Controls;
                    sum += less * ((copy.Happened && copy.Time == time.At ? 1 : 0) - (time.Happened * (isMentored ? Math.Exp(beta) : 1) / atRisk));
                }

                yield return (copy, sum);
            }
        }
    }
}
