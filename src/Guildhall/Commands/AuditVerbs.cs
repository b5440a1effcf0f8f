using System.CommandLine;
using Guildhall.Platform.Audit;

namespace Guildhall.Commands;

/// <summary>`guildhall audit verify`: computes the chain of the audit trail anew and says whether a row was changed, removed or moved.</summary>
static class AuditVerbs
{
    internal static Command Build() => new("audit", "Check the audit trail") { Verify() };

    static Command Verify()
    {
        var head = new Option<string?>("--head") { Description = "The head that an earlier check printed: the chain must still lead through it", HelpName = "place:digest" };
        var command = new Command("verify", "Compute its chain anew; the exit code is 1 where it is broken") { head };
        command.SetAction(async (parsed, stop) =>
        {
            await using var product = await ProductScope.OpenAsync(stop);
            var check = await product.Get<VerifyAudit>().Run(stop, parsed.GetValue(head));
            Console.WriteLine(check.Told);
            if (check.Waiting > 0) Console.WriteLine($"{Counted.Of(check.Waiting, "row")} not in the chain yet");
            if (check.Broken is null) Console.WriteLine($"head {check.Head}");
            return check.Broken is null ? 0 : 1;
        });
        return command;
    }
}
