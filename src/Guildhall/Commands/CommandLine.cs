using System.CommandLine;
using System.CommandLine.Completions;
using System.CommandLine.Invocation;
using System.CommandLine.Parsing;
using Guildhall.Commands.Demo;
using Guildhall.Commands.Evidence;

namespace Guildhall.Commands;

/// <summary>The commands of the product, and what is said of a command line that none of them understands.</summary>
static class CommandLine
{
    /// <summary>The exit code of a command line that can't be read: nothing was begun.</summary>
    public const int Misread = 2;

    public static RootCommand Build() => new("Guildhall: mentorship programs for the sellers of an online marketplace")
    {
        Serve.Build(),
        Migrate.Build(),
        MarketplaceVerb.Build(),
        LoadDemo.Build(),
        ProgramVerbs.Build(),
        Import.Build(),
        Assign.Build(),
        Match.Build(),
        EvidenceVerb.Build(),
        AuditVerbs.Build(),
        EventVerbs.Build(),
    };

    /// <summary>Why the line can't be read, and where to look, in one line; null when it can.</summary>
    public static string? Complaint(ParseResult line)
    {
        if (line.Action is not ParseErrorAction) return null;
        return $"{Reason(line)} See {Path(line.CommandResult)} --help";
    }

    static string Reason(ParseResult line)
    {
        if (line.UnmatchedTokens is [var strange, ..]) return $"“{strange}” is not understood here.";
        var command = line.CommandResult.Command;
        if (command.Subcommands.Count > 0 && command.Action is null) return "Which command?";

        var missing = command.Arguments.Where(argument => argument.Arity.MinimumNumberOfValues > 0 && line.GetResult(argument) is not { Tokens.Count: > 0 }).Select(argument => argument.Name)
            .Concat(command.Options.Where(option => option.Required && line.GetResult(option) is null or { Implicit: true }).Select(option => option.Name)).ToList();
        if (missing.Count > 0) return $"Left out: {string.Join(", ", missing)}.";

        var error = line.Errors[0];
        return error.SymbolResult switch
        {
            OptionResult { Option: var option } given => Misfit(option.Name, option, option.ValueType, given.Tokens, error.Message),
            ArgumentResult { Argument: var argument } given => Misfit(argument.Name, argument, argument.ValueType, given.Tokens, error.Message),
            _ => error.Message,
        };
    }

    /// <param name="message">What the library or a check of ours says. The library's names .NET types, so it is the last resort.</param>
    static string Misfit(string name, Symbol symbol, Type type, IReadOnlyList<Token> given, string message)
    {
        if (given is not [var token, ..]) return $"{name} needs a value.";
        var choices = symbol.GetCompletions(CompletionContext.Empty).Select(choice => choice.Label).ToList();
        var takes = choices.Count > 0 ? string.Join(" or ", choices).ToLowerInvariant() : (Nullable.GetUnderlyingType(type) ?? type) switch
        {
            var day when day == typeof(DateOnly) => "a day such as 2026-11-30",
            var whole when whole == typeof(int) || whole == typeof(long) || whole == typeof(ulong) => "a whole number",
            var number when number == typeof(decimal) => "a number",
            _ => null,
        };
        return takes is not null && (choices.Count > 0 || message.Contains("expected type", StringComparison.Ordinal)) ? $"{name} takes {takes}, not “{token.Value}”." : message;
    }

    static string Path(CommandResult command) => command.Parent is CommandResult parent ? $"{Path(parent)} {command.Command.Name}" : "guildhall";
}
