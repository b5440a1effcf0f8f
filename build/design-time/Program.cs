Console.Error.WriteLine("This program only carries the model to dotnet-ef. Run ./build/add-migration NAME.");
