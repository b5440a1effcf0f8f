using Guildhall.Platform.Ui;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Primitives;

namespace Guildhall.Tests.Platform.Ui;

public sealed class FormFieldsTests
{
    [Fact]
    public void Lists_problems_in_the_order_of_the_fields_and_what_belongs_to_none_last()
    {
        var form = new FormFields(new FormCollection(new Dictionary<string, StringValues>(StringComparer.OrdinalIgnoreCase) { ["mentee"] = "", ["rule"] = "", ["until"] = "soon" }));

        form.Refuse("main", "The whole.");
        form.Day("until", "the last day");
        form.Refuse("rule", "The rule.");
        form.Refuse("mentee", "The mentee.");

        form.Errors.Select(error => error.Field).ShouldBe(["mentee", "rule", "until", "main"]);
    }
}
