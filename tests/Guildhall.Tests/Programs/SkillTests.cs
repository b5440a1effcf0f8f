using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;

namespace Guildhall.Tests.Programs;

/// <summary>The map from what figures show to what a mentor can teach.</summary>
public sealed class SkillTests
{
    [Fact]
    public void Leads_from_every_pain_to_a_skill() =>
        PainRules.Names.Keys.Where(pain => !ProgramDesign.FirstNinetyDays.SkillsAgainst(pain).Any()).ShouldBeEmpty();

    [Fact]
    public void Knows_no_pain_that_figures_never_show() =>
        Skill.All.SelectMany(skill => skill.Pains).Except(PainRules.Names.Keys).ShouldBeEmpty();
}
