using System.Net;
using Guildhall.Tests.Support;

namespace Guildhall.Tests.Programs;

/// <summary>The pages of a program's set-up when what was typed can't be taken.</summary>
public sealed class SetUpFormTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Keeps_what_was_typed_beside_the_refusal()
    {
        var manager = await product.Manager();
        await manager.Post("/manage/new", ("Name", "Pilot"), ("Cohort", "Spring"), ("StartsOn", "2027-01-04"), ("ApplicationsCloseOn", "2027-01-01"));
        var seen = (await manager.Page("/manage/pilot-spring/setup/stages")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;

        var refused = await manager.Post("/manage/pilot-spring/setup/stages", ("seen", seen), ("LengthWeeks", "26"), ("TrialWeeks", "26"), ("TouchpointsAWeek", "2"), ("SessionMinutes", "30"));

        refused.Status.ShouldBe(HttpStatusCode.UnprocessableEntity);
        refused.Words.ShouldContain("Enter a trial shorter than the program.");
        refused.Page.QuerySelector("#LengthWeeks")!.GetAttribute("value").ShouldBe("26");
        refused.Page.QuerySelector("#SessionMinutes")!.GetAttribute("value").ShouldBe("30");
        refused.Page.QuerySelector("input[name=seen]")!.GetAttribute("value").ShouldBe(seen);
    }
}
