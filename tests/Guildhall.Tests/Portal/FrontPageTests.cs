using Guildhall.Tests.Support;

namespace Guildhall.Tests.Portal;

public sealed class FrontPageTests(RunningProduct product) : IClassFixture<RunningProduct>
{
    [Fact]
    public async Task Shows_visitors_an_open_program_and_never_a_draft()
    {
        var scene = await ProgramScene.GivenProgram(product);
        using var visitor = product.Visitor();

        var before = await visitor.Get("/");
        var seen = (await scene.Manager.Page($"/manage/{scene.Slug}/setup/publish")).QuerySelector("input[name=seen]")!.GetAttribute("value")!;
        (await scene.Manager.Post($"/manage/{scene.Slug}/setup/publish", ("seen", seen))).Location.ShouldNotBeNull();
        var after = await visitor.Get("/");

        before.Words.ShouldNotContain("First 90 Days");
        before.Words.ShouldContain("No results yet");
        after.Words.ShouldContain("First 90 Days");
        after.Words.ShouldContain("First results on 5 April 2027");
        after.Words.ShouldContain("Days from sign-up to the first order that was not canceled.");
    }
}
