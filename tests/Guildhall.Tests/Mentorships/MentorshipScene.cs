using System.Net;
using Guildhall.Modules.Enrollment;
using Guildhall.Modules.Mentorships;
using Guildhall.Modules.Pairing;
using Guildhall.Modules.Programs;
using Guildhall.Modules.Sellers;
using Guildhall.Platform.Database;
using Guildhall.Tests.Enrollment;
using Guildhall.Tests.Sellers;
using Guildhall.Tests.Support;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Guildhall.Tests.Mentorships;

/// <summary>A program with one mentee and one mentor who are signed in.</summary>
sealed class MentorshipScene(RunningProduct product, ProgramScene program, Browser mentee, Guid menteeSeller, Browser mentor, Guid mentorSeller)
{
    public ProgramScene Program => program;
    public Browser Mentee => mentee;
    public Guid MenteeSeller => menteeSeller;
    public Browser Mentor => mentor;
    public Guid MentorSeller => mentorSeller;

    static CancellationToken Stop => TestContext.Current.CancellationToken;

    public static async Task<MentorshipScene> Given(RunningProduct product, string mentee = "Amara Osei", string mentor = "Ruth Calloway")
    {
        var program = await product.GivenOpenProgram();
        var (menteeBrowser, menteeSeller) = await product.GivenShop(mentee);
        var (mentorBrowser, mentorSeller) = await product.GivenShop(mentor);
        var scene = new MentorshipScene(product, program, menteeBrowser, menteeSeller, mentorBrowser, mentorSeller);
        await scene.TakeIn("mentee", menteeSeller, mentee);
        await scene.TakeIn("mentor", mentorSeller, mentor);
        return scene;
    }

    public async Task TakeIn(string side, Guid sellerId, string name)
    {
        var id = await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{sellerId}'");
        var quoted = $"\"{name.Replace("\"", "\"\"")}\"";
        var answer = side == "mentee"
            ? await program.BringIn(side, $"id,name,languages,time_zone,week_hours,contact\n{id},{quoted},en:native,Europe/London,mon 9-12,1\n")
            : await program.BringIn(side, $"id,name,languages,time_zone,week_hours,contact,capacity\n{id},{quoted},en:native,America/Chicago,mon 9-12,1,5\n");
        answer.Status.ShouldBe(HttpStatusCode.Redirect, answer.Words);
    }

    /// <summary>The two belong together, as two acceptances leave it.</summary>
    public async Task<Guid> GivenPair(Guid? menteeSellerId = null)
    {
        await using var db = product.Database.NewDb();
        var seats = await db.Set<Participant>().Where(p => p.SellerId == (menteeSellerId ?? menteeSeller) || p.SellerId == mentorSeller).ToListAsync(Stop);
        var (asMentee, asMentor) = (seats.Single(seat => seat.Side == Side.Mentee), seats.Single(seat => seat.Side == Side.Mentor));
        var pair = new Proposal(Guid.NewGuid(), asMentee.ProgramId, asMentee.Id, asMentor.Id, 900_000, product.Clock.GetUtcNow().AddHours(-1));
        db.Add(pair);
        await db.SaveChangesAsync(Stop);
        await product.Database.ExecuteAsync($"UPDATE pairing.proposal SET state = 'Active', decided_at = now() WHERE id = '{pair.Id}'");
        var facts = (await product.Ask<ProgramLookup, ProgramFacts?>(programs => programs.ById(asMentee.ProgramId, Stop)))!;
        await using var scope = product.Services.CreateAsyncScope();
        await scope.ServiceProvider.GetRequiredService<BeginMentorship>().Accepted(new AcceptedPair(pair.Id, asMentee.Id, asMentor.Id, product.Clock.GetUtcNow()), facts, Stop);
        await scope.ServiceProvider.GetRequiredService<GuildhallDb>().SaveChangesAsync(Stop);
        return pair.Id;
    }

    /// <summary>What the marketplace sends of the mentee, in the columns of an import; the id stands for {0}.</summary>
    public async Task GivenFigures(ImportKind kind, string text)
    {
        var id = await product.Database.ScalarAsync<string>($"SELECT external_id FROM sellers.seller WHERE id = '{menteeSeller}'");
        using var import = new ImportScene(product.Database);
        (await import.Import(kind, import.File(Guid.NewGuid().ToString("N"), text.Replace("{0}", id)), currency: "USD")).Refusal.ShouldBeNull();
    }

    public Task<Answer> Tick(string step, bool isDone = true, string from = "plan") => mentee.Post($"/me/plan/{step}", ("Done", isDone ? "true" : "false"), ("From", from));

    public Task<Answer> Share(string item, bool isOn = true) => mentee.Post($"/me/settings/share/{item}", ("Share", isOn ? "true" : "false"));
}
