using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http.HttpResults;

namespace Guildhall.Platform;

/// <summary>Answers with a page: a Razor component and its parameters.</summary>
static class Page
{
    public static IResult Of<T>(object parameters, int status = StatusCodes.Status200OK) where T : IComponent =>
        new RazorComponentResult<T>(parameters) { StatusCode = status };

    /// <summary>The HTTP status that says what a refusal says (RFC 9110).</summary>
    public static int StatusOf(Refusal refusal) => refusal.Kind switch
    {
        RefusalKind.NotFound => StatusCodes.Status404NotFound,
        RefusalKind.Forbidden => StatusCodes.Status403Forbidden,
        RefusalKind.Conflict => StatusCodes.Status409Conflict,
        _ => StatusCodes.Status422UnprocessableEntity,
    };

    /// <summary>A refusal that has no page of its own to stand on.</summary>
    public static async Task<IResult> Refused(Shell shell, Refusal refusal, CancellationToken stop) => refusal.Kind switch
    {
        RefusalKind.NotFound => Of<NotFoundPage>(new { Shell = await shell.ForWhoever(stop) }, StatusOf(refusal)),
        RefusalKind.Forbidden => Of<NoAccessPage>(new { Shell = await shell.ForWhoever(stop) }, StatusOf(refusal)),
        _ => Of<RecoverPage>(new { Shell = await shell.ForWhoever(stop), Title = "This could not be done", What = refusal.Message, Safety = refusal.Message.Contains("Nothing was ", StringComparison.Ordinal) ? "" : "Nothing was changed." }, StatusOf(refusal)),
    };

    /// <summary>The same refusal for programs (RFC 9457).</summary>
    public static IResult Problem(Refusal refusal) => Results.Problem(
        refusal.Message, statusCode: StatusOf(refusal), title: refusal.Code, type: $"urn:guildhall:refusal:{refusal.Code}");
}
