using System.Text.Json;
using Guildhall.Modules.Programs;
using Guildhall.Platform;

namespace Guildhall.Tests.Programs;

/// <summary>The rules of a program as they are stored, and what one version says against another.</summary>
public sealed class ProgramDesignTests
{
    static ProgramDesign Template => ProgramDesign.FirstNinetyDays;

    [Fact]
    public void Reads_versions_that_were_stored_before_there_was_more_to_say()
    {
        const string before = """
            {
              "goal": {"target": 14, "outcomeId": "days_to_first_sale"}, "guardrails": ["return_rate", "late_dispatch"], "mentees": {"maximumDaysSinceSignUp": 180},
              "mentors": {"minimumReviews": 5, "topRevenueShare": 0.25, "activeWithinDays": 60, "minimumReviewMean": 4.2, "revenueWindowDays": 180, "minimumDaysSelling": 270},
              "structure": {"trialWeeks": 2, "lengthWeeks": 13, "sessionMinutes": 45, "touchpointsAWeek": 1},
              "tiers": [{"name": "standard", "menteesAMentor": 3, "sessionMinutes": 45, "touchpointsAWeek": 1}]
            }
            """;

        var read = JsonSerializer.Deserialize<ProgramDesign>(before, JsonColumns.Options)!;

        read.Guardrails.ShouldBe([new Guardrail("return_rate"), new Guardrail("late_dispatch")]);
        (read.Goal.By, read.MilestoneMinorUnits, read.RewardMinorUnits, read.SecondaryOutcomes.Count, read.Coaching.IsEmpty).ShouldBe((null, null, null, 0, true));
        read.PainSkills.ShouldBe(PainSkill.Catalogue);
        read.Vetting.ShouldBe(new Vetting(Reviewers: 1, AsksAboutCoaching: false));
        read.FreeTrial.IsOffered.ShouldBeFalse("a program of before promised none");
        read.Problems(new DateOnly(2027, 1, 4)).ShouldBeEmpty();
    }

    [Fact]
    public void Comes_back_from_the_database_as_it_was()
    {
        var design = Template with { Goal = Template.Goal with { By = new DateOnly(2027, 6, 30) }, SecondaryOutcomes = ["listing_quality"], MilestoneMinorUnits = 100_000, RewardMinorUnits = 6_000, Guardrails = [new Guardrail("review_score", 4.25m), new Guardrail("return_rate")] };

        var text = ProgramVersion.Write(design);

        ProgramVersion.Write(JsonSerializer.Deserialize<ProgramDesign>(text, JsonColumns.Options)!).ShouldBe(text);
    }

    [Fact]
    public void Has_a_template_that_keeps_its_own_rules() => Template.Problems(new DateOnly(2027, 1, 4)).ShouldBeEmpty();

    [Fact]
    public void Says_nothing_where_nothing_changed() => DesignWords.Changes(Template, Template with { Tiers = [.. Template.Tiers] }, "USD").ShouldBeEmpty();

    [Fact]
    public void Says_every_change_as_a_sentence()
    {
        var after = Template with
        {
            Goal = new Goal(Outcome.RevenueMilestone, 60) { By = new DateOnly(2027, 6, 30) },
            MilestoneMinorUnits = 100_000,
            SecondaryOutcomes = ["listing_quality"],
            Guardrails = [new Guardrail("return_rate", 6.5m), new Guardrail("review_score", 4)],
            Structure = Template.Structure with { LengthWeeks = 1, TrialWeeks = 0 },
            Tiers = [Template.Tiers[0] with { MenteesAMentor = 1 }, .. Template.Tiers.Skip(1)],
            RewardMinorUnits = 6_050,
            Coaching = Template.Coaching with { Steps = [.. Template.Coaching.Steps.Reverse()], NeverAdvise = [.. Template.Coaching.NeverAdvise.Skip(1), "Trading secrets."] },
            PainSkills = [.. PainSkill.Catalogue.Select(entry => entry.Skill == "pricing" ? entry with { Weight = 0.5m } : entry)],
        };

        DesignWords.Changes(Template, after, "USD").ShouldBe([
            "The goal changed from First sale, sooner, within 14 days to A revenue milestone, sooner, within 60 days to $1,000.",
            "The day of the goal changed from the program’s last day to Wed 30 Jun 2027.",
            "The revenue milestone changed from none to $1,000.",
            "Added to what else is looked at: Better listings.",
            "The limit for return rate changed from 8 to 6.5.",
            "No longer among what must not get worse: Late dispatch.",
            "The length changed from 13 weeks to 1 week.",
            "The trial changed from 2 weeks to 0 weeks.",
            "The level Intensive changed from 2 contacts a week, 60 minutes, 2 mentees a mentor to 2 contacts a week, 60 minutes, 1 mentee a mentor.",
            "What mentors get for each finished mentee changed from no money to $60.50.",
            "The order changed of the steps of a session.",
            "Added to the advice never to give: Trading secrets.",
            "Taken out of the advice never to give: Asking for, buying or trading reviews or orders.",
            "The weight of pricing against uncompetitive prices changed from 1 to 0.5.",
        ]);
    }

    [Fact]
    public void Says_what_changed_in_the_situations_that_mentors_answer()
    {
        var first = Template.Coaching.Cases[0];

        DesignWords.Changes(Template, Template with { Coaching = Template.Coaching with { Cases = [first with { Wrong = ["Wait."] }, .. Template.Coaching.Cases.Skip(1)] } }, "USD").Count.ShouldBe(2);
    }

    [Theory]
    [InlineData("One situation", "Write 2 to 5 answers below “One situation”, the right one first.")]
    [InlineData("One situation\r\nRight", "Write 2 to 5 answers below “One situation”, the right one first.")]
    [InlineData("One situation\nRight\nRight", "Write answers that differ below “One situation”.")]
    [InlineData("One situation\nRight\nb\nc\nd\ne\nf", "Write 2 to 5 answers below “One situation”, the right one first.")]
    public void Refuses_a_situation_that_nobody_could_answer(string text, string message) => MethodCase.Read(text).Single().Problem()!.Message.ShouldBe(message);

    [Fact]
    public void Reads_situations_as_people_type_them() =>
        MethodCase.Read("  First \r\nRight\r\nWrong\r\n\r\n\r\n\r\nSecond\nYes\nNo\nPerhaps\n").ShouldBe([new MethodCase("First", "Right", ["Wrong"]), new MethodCase("Second", "Yes", ["No", "Perhaps"])]);

    [Fact]
    public void Asks_mentors_about_the_method_only_where_there_is_something_to_ask() =>
        (Template with { Coaching = CoachingMethod.None }).Problems(new DateOnly(2027, 1, 4)).Single().Field.ShouldBe("AsksAboutCoaching");

    /// <summary>A part of the rules that no sentence tells of would change in silence.</summary>
    [Fact]
    public void Tells_of_every_part_that_is_stored()
    {
        var told = new Dictionary<string, ProgramDesign>
        {
            ["goal"] = Template with { Goal = Template.Goal with { Target = 15 } },
            ["secondaryOutcomes"] = Template with { SecondaryOutcomes = ["listing_quality"] },
            ["milestoneMinorUnits"] = Template with { MilestoneMinorUnits = 1 },
            ["guardrails"] = Template with { Guardrails = [] },
            ["mentees"] = Template with { Mentees = new Eligibility(90) },
            ["mentors"] = Template with { Mentors = Template.Mentors with { MinimumReviews = 6 } },
            ["vetting"] = Template with { Vetting = new Vetting(2, true) },
            ["freeTrial"] = Template with { FreeTrial = Template.FreeTrial with { Days = 7 } },
            ["structure"] = Template with { Structure = Template.Structure with { SessionMinutes = 30 } },
            ["tiers"] = Template with { Tiers = [.. Template.Tiers.Select(tier => tier with { SessionMinutes = 11 })] },
            ["coaching"] = Template with { Coaching = CoachingMethod.None },
            ["rewardMinorUnits"] = Template with { RewardMinorUnits = 1 },
            ["painSkills"] = Template with { PainSkills = [.. PainSkill.Catalogue.Skip(1)] },
        };

        JsonDocument.Parse(ProgramVersion.Write(Template)).RootElement.EnumerateObject().Select(part => part.Name).Order().ShouldBe(told.Keys.Order());
        told.Where(part => DesignWords.Changes(Template, part.Value, "USD").Count == 0).Select(part => part.Key).ShouldBeEmpty();
    }
}
