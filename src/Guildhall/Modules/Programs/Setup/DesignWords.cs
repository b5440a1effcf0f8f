using System.Globalization;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Programs;

/// <summary>A program's rules in words, and what one version changed against another.</summary>
static class DesignWords
{
    /// <summary>"First sale, sooner, within 14 days, by Sun 4 Apr 2027".</summary>
    public static string Goal(ProgramDesign design, DateOnly lastDay, string? currencyCode) => $"{Goal(design, currencyCode)}, by {Day(design.Goal.By ?? lastDay)}{(design.Goal.By is null ? ", the program’s last day" : "")}";

    static string Goal(ProgramDesign design, string? currencyCode)
    {
        var outcome = Outcome.Find(design.Goal.OutcomeId)!;
        return $"{outcome.Label}, {string.Format(CultureInfo.InvariantCulture, outcome.Target, design.Goal.Target)}{(design.Goal.OutcomeId == Outcome.RevenueMilestone && design.MilestoneMinorUnits is { } amount ? $" to {Amounts.Shown(amount, currencyCode)}" : "")}";
    }

    public static string Guardrails(ProgramDesign design) => design.Guardrails.Count == 0 ? "Nothing chosen" : string.Join("; ", design.Guardrails.Select(Guardrail));

    static string Guardrail(Guardrail guardrail)
    {
        var outcome = Outcome.Find(guardrail.OutcomeId)!;
        return $"{outcome.Label}, {(guardrail.Limit is { } limit ? string.Format(CultureInfo.InvariantCulture, outcome.Target, Number(limit)) : "no worse than it was at the start")}";
    }

    public static string Mentors(MentorCriteria mentors) => string.Create(CultureInfo.InvariantCulture,
        $"First order {mentors.MinimumDaysSelling:N0} days ago or more, the last within {mentors.ActiveWithinDays:N0}; in the top {mentors.TopRevenueShare * 100:0.##}% of the active by sales of {mentors.RevenueWindowDays:N0} days; {mentors.MinimumReviewMean:0.##} of 5 or better from at least {mentors.MinimumReviews:N0} reviews");

    public static string Tier(Tier tier) => $"{tier.Label}: {Counted.Of(tier.TouchpointsAWeek, "contact", "contacts")} a week, {tier.SessionMinutes} minutes, {Counted.Of(tier.MenteesAMentor, "mentee", "mentees")} a mentor";

    public static string FreeTrial(FreeTrial trial) => trial.IsOffered ? $"{Counted.Of(trial.Days, "day", "days")}, one session and tips; at most {trial.MostAtOnce} at the same time" : "Not offered";

    public static string Coaching(CoachingMethod coaching) => coaching.IsEmpty
        ? "Not written down yet"
        : $"{Counted.Of(coaching.Steps.Count, "step", "steps")} of a session, {Counted.Of(coaching.SessionGuides.Count, "session guide", "session guides")}, {Counted.Of(coaching.NeverAdvise.Count, "thing", "things")} never to advise, {Counted.Of(coaching.Cases.Count, "situation", "situations")} to answer";

    public static string Welcome(WelcomeSession welcome) =>
        $"{welcome.LocalTime.ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)}, {welcome.TimeZone.Replace('_', ' ')}, {welcome.LengthMinutes} minutes; {(welcome.JoinLink is null ? "no join link yet" : "with a join link")}";

    /// <summary>What a version changed against the one before it, a sentence each; none where nothing differs.</summary>
    public static IReadOnlyList<string> Changes(ProgramDesign before, ProgramDesign after, string? currencyCode)
    {
        List<string> said = [];
        Changed("The goal", Goal(before, currencyCode), Goal(after, currencyCode));
        Changed("The day of the goal", before.Goal.By is { } was ? Day(was) : "the program’s last day", after.Goal.By is { } by ? Day(by) : "the program’s last day");
        if (after.Goal.OutcomeId != Outcome.RevenueMilestone || before.Goal.OutcomeId != Outcome.RevenueMilestone)
            Changed("The revenue milestone", Money(before.MilestoneMinorUnits, "none"), Money(after.MilestoneMinorUnits, "none"));
        Listed("what else is looked at", before.SecondaryOutcomes.Select(id => Outcome.Find(id)!.Label), after.SecondaryOutcomes.Select(id => Outcome.Find(id)!.Label));
        foreach (var outcome in Outcome.Guardrails)
        {
            var (old, now) = (before.Guardrails.FirstOrDefault(one => one.OutcomeId == outcome.Id), after.Guardrails.FirstOrDefault(one => one.OutcomeId == outcome.Id));
            if (old is null && now is not null) said.Add($"New among what must not get worse: {Guardrail(now)}.");
            else if (old is not null && now is null) said.Add($"No longer among what must not get worse: {outcome.Label}.");
            else if (old is not null && now is not null) Changed($"The limit for {outcome.Label.ToLowerInvariant()}", old.Limit is { } low ? Number(low) : "none", now.Limit is { } high ? Number(high) : "none");
        }

        Changed("The days since sign-up that mentees may have", Number(before.Mentees.MaximumDaysSinceSignUp), Number(after.Mentees.MaximumDaysSinceSignUp));
        var (mentors, mentorsNow) = (before.Mentors, after.Mentors);
        Changed("The days since a mentor’s first order, at least", Number(mentors.MinimumDaysSelling), Number(mentorsNow.MinimumDaysSelling));
        Changed("The days since a mentor’s last order, at most", Number(mentors.ActiveWithinDays), Number(mentorsNow.ActiveWithinDays));
        Changed("The share of best sellers that mentors come from", $"{Number(mentors.TopRevenueShare * 100)}%", $"{Number(mentorsNow.TopRevenueShare * 100)}%");
        Changed("The days of sales that count for mentors", Number(mentors.RevenueWindowDays), Number(mentorsNow.RevenueWindowDays));
        Changed("A mentor’s average review, at least", Number(mentors.MinimumReviewMean), Number(mentorsNow.MinimumReviewMean));
        Changed("A mentor’s number of reviews, at least", Number(mentors.MinimumReviews), Number(mentorsNow.MinimumReviews));
        Changed("How many people review a mentor", Number(before.Vetting.Reviewers), Number(after.Vetting.Reviewers));
        Changed("Whether mentors are asked about the coaching method", before.Vetting.AsksAboutCoaching ? "yes" : "no", after.Vetting.AsksAboutCoaching ? "yes" : "no");
        Changed("The offer of a free trial", before.FreeTrial.IsOffered ? "yes" : "no", after.FreeTrial.IsOffered ? "yes" : "no");
        Changed("The length of a free trial", Counted.Of(before.FreeTrial.Days, "day", "days"), Counted.Of(after.FreeTrial.Days, "day", "days"));
        Changed("The free trials that may run at the same time", Number(before.FreeTrial.MostAtOnce), Number(after.FreeTrial.MostAtOnce));
        Changed("The length", Counted.Of(before.Structure.LengthWeeks, "week", "weeks"), Counted.Of(after.Structure.LengthWeeks, "week", "weeks"));
        Changed("The trial", Counted.Of(before.Structure.TrialWeeks, "week", "weeks"), Counted.Of(after.Structure.TrialWeeks, "week", "weeks"));
        Changed("The contacts a week, at least,", Number(before.Structure.TouchpointsAWeek), Number(after.Structure.TouchpointsAWeek));
        Changed("A session", $"{before.Structure.SessionMinutes} minutes", $"{after.Structure.SessionMinutes} minutes");
        foreach (var tier in after.Tiers)
        {
            if (before.Tiers.FirstOrDefault(one => one.Name == tier.Name) is { } old) Changed($"The level {tier.Label}", Tier(old)[(tier.Label.Length + 2)..], Tier(tier)[(tier.Label.Length + 2)..]);
        }

        Changed("What mentors get for each finished mentee", Money(before.RewardMinorUnits, "no money"), Money(after.RewardMinorUnits, "no money"));
        Listed("the steps of a session", before.Coaching.Steps, after.Coaching.Steps);
        Listed("the session guides", before.Coaching.SessionGuides, after.Coaching.SessionGuides);
        Listed("the skills it is mainly about", before.Coaching.FocusSkills.Select(id => Skill.Find(id)!.Name), after.Coaching.FocusSkills.Select(id => Skill.Find(id)!.Name));
        Listed("the advice never to give", before.Coaching.NeverAdvise, after.Coaching.NeverAdvise);
        Listed("the situations that mentors answer", before.Coaching.Cases.Select(one => string.Join(" / ", one.Lines)), after.Coaching.Cases.Select(one => string.Join(" / ", one.Lines)));
        foreach (var (pain, name) in PainRules.Names)
            foreach (var skill in Skill.All) Changed($"The weight of {skill.Name.ToLowerInvariant()} against {name.ToLowerInvariant()}", Number(Weight(before, pain, skill)), Number(Weight(after, pain, skill)));
        return said;

        void Changed(string what, string from, string to)
        {
            if (from != to) said.Add($"{what} changed from {from} to {to}.");
        }

        void Listed(string what, IEnumerable<string> from, IEnumerable<string> to)
        {
            var (old, now) = (from.ToList(), to.ToList());
            foreach (var line in now.Except(old)) said.Add($"Added to {what}: {line.TrimEnd('.')}.");
            foreach (var line in old.Except(now)) said.Add($"Taken out of {what}: {line.TrimEnd('.')}.");
            if (!old.SequenceEqual(now) && old.ToHashSet().SetEquals(now)) said.Add($"The order changed of {what}.");
        }

        string Money(long? minorUnits, string none) => minorUnits is { } amount ? Amounts.Shown(amount, currencyCode) : none;
    }

    static decimal Weight(ProgramDesign design, string pain, Skill skill) => design.PainSkills.FirstOrDefault(entry => entry.Pain == pain && entry.Skill == skill.Id)?.Weight ?? 0;

    static string Number(decimal number) => number.ToString("#,##0.##", CultureInfo.InvariantCulture);

    static string Day(DateOnly day) => day.ToString("ddd d MMM yyyy", CultureInfo.CurrentCulture);
}
