using Guildhall.Platform.Ui;

namespace Guildhall.Modules.Programs;

/// <summary>How pages say where a program stands.</summary>
public static class StateWords
{
    /// <summary>As it stands in a sentence: "is open".</summary>
    public static string Of(ProgramState state) => state switch
    {
        ProgramState.Draft => "a draft",
        ProgramState.Open => "open",
        ProgramState.Running => "running",
        ProgramState.Closed => "closed",
        _ => "in the archive",
    };

    public static string Label(ProgramState state) => state == ProgramState.Archived ? "Archived" : state.ToString();

    public static Tone ToneOf(ProgramState state) => state is ProgramState.Open or ProgramState.Running ? Tone.Good : Tone.Neutral;
}
